package person

import (
	"errors"
	"testing"
	"time"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/member"
	"joinery/app/wizard"
)

// keep is how long proofs stay.
const keep = 24 * time.Hour

// A harness is a journey, and the stores of its people.
type harness struct {
	*journeytest.Journey
	*Stores
}

func newHarness(t *testing.T) harness {
	t.Helper()
	j := journeytest.New(t)
	return harness{j, New(j.File, j.Ring, j.Drafts)}
}

// begin returns a browser with a draft of an address.
func (h harness) begin(t *testing.T, address string) *journeytest.Browser {
	t.Helper()
	b := h.Browser("")
	b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {address}, "lang": {"fr"}})
	return b
}

func (h harness) mustErase(t *testing.T, address string, keep time.Duration) Erased {
	t.Helper()
	e, err := h.Erase(t.Context(), address, keep, h.Time)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestErasingTakesAllOfAnAddressAndNothingElse(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	zoe, other := h.begin(t, "Zoe@example.ca"), h.begin(t, "max@example.ca")
	h.MustSubmit(t, h.FinishedAs(t, "zoe@example.ca"))
	if held, err := h.Of(t.Context(), "ZOE@example.ca"); err != nil || len(held.Drafts) != 1 || len(held.Waiting) != 1 || len(held.Letters) != 1 {
		t.Errorf("held is %+v, %v", held, err)
	}
	e := h.mustErase(t, "ZOE@example.ca", keep)
	if e.Waiting != 1 || e.Drafts != 1 || e.Letters != 1 || e.Mentioned != 0 || e.Proofs != 0 || !e.Journal || e.Copies != draft.Cleared {
		t.Errorf("it has erased %+v", e)
	}
	zoe.WantNoDraft(t)
	other.WantTyped(t, form.Answers{"mail": {"max@example.ca"}, "lang": {"fr"}})
	if held, err := h.Of(t.Context(), "zoe@example.ca"); err != nil || !held.IsEmpty() {
		t.Errorf("held is %+v, %v, want nothing", held, err)
	}
	if keys := h.KeptDrafts(t); len(keys) != 1 {
		t.Errorf("the store of drafts keeps %q, want that of the other", keys)
	}
}

// TestADraftOfAnotherMailboxIsOnlyMentioned and stays.
func TestADraftOfAnotherMailboxIsOnlyMentioned(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	begun := h.begin(t, "max@example.ca")
	key := begun.DraftKey(t)
	max := h.Enter(t, h.ResumeLink(t, begun.MailLink(t, "max@example.ca")), "submission") // which proves that mailbox
	max.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"fr"}})
	if held, err := h.Of(t.Context(), "zoe@example.ca"); err != nil || len(held.Drafts) != 1 || held.Own() != 0 {
		t.Errorf("held is %+v, %v", held, err)
	}
	if e := h.mustErase(t, "zoe@example.ca", keep); e.Drafts != 0 || e.Mentioned != 1 {
		t.Errorf("it has erased %+v", e)
	}
	if _, err := h.Access.ByDraft(t.Context(), key); err != nil {
		t.Errorf("the draft of another is gone: %v", err)
	}
	if held, err := h.Of(t.Context(), "zoe@example.ca"); err != nil || !held.IsEmpty() {
		t.Errorf("the address still leads to %+v, %v", held, err)
	}
}

func TestProofsStayForAsLongAsTheyAreKept(t *testing.T) {
	t.Parallel()
	for _, keep := range []time.Duration{keep, 0} {
		h := newHarness(t)
		h.Join(t, "zoe@example.ca")
		e := h.mustErase(t, "zoe@example.ca", keep)
		if e.Members != 1 || (e.Proofs > 0) != (keep > 0) || e.ProofUntil.Equal(h.Time.Add(keep)) != (keep > 0) {
			t.Errorf("with %v it has erased %+v", keep, e)
		}
		if held, err := h.Of(t.Context(), "zoe@example.ca"); err != nil || len(held.Consents) != e.Proofs {
			t.Errorf("the proofs are %+v, %v", held.Consents, err)
		}
	}
}

func TestWithoutItsStoreADraftCannotBeOpenedAnyMore(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	b := h.begin(t, "zoe@example.ca")
	down := errors.New("down")
	hooked := h.HookDrafts(t)
	hooked.BeforeDelete = func(string) error { return down }
	e, err := New(h.File, h.Ring, hooked).Erase(t.Context(), "zoe@example.ca", keep, h.Time)
	if !errors.Is(err, down) || e.Drafts != 1 || e.Copies != draft.Pending {
		t.Errorf("it has erased %+v, %v", e, err)
	}
	b.WantNoDraft(t)
	hooked.BeforeDelete = nil
	h.Tidy(t)
	if keys := h.KeptDrafts(t); len(keys) != 0 {
		t.Errorf("a later job leaves %q", keys)
	}
}

func TestAMemberIsErasedAlone(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.Join(t, "zoe@example.ca")
	h.begin(t, "zoe@example.ca")
	held, err := h.Of(t.Context(), "zoe@example.ca")
	if err != nil || len(held.Members) != 1 {
		t.Fatalf("held is %+v, %v", held, err)
	}
	if e, err := h.EraseMember(t.Context(), held.Members[0].ID, keep, h.Time); err != nil || e.Members != 1 || e.Proofs != len(held.Consents) {
		t.Errorf("it has erased %+v, %v", e, err)
	}
	if _, err := h.EraseMember(t.Context(), held.Members[0].ID, keep, h.Time); !errors.Is(err, member.ErrNotFound) {
		t.Errorf("a second time: %v", err)
	}
	if held, err := h.Of(t.Context(), "zoe@example.ca"); err != nil || len(held.Members) != 0 || len(held.Drafts) != 1 {
		t.Errorf("held is %+v, %v, want the draft", held, err)
	}
}
