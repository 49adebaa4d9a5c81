package member

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"joinery/app/form"
)

// TestWithAnotherAddressFormerAnswersDoNotComeBack by a link in the mailbox of the old one.
func TestWithAnotherAddressFormerAnswersDoNotComeBack(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	first := newApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}, "email": {"zoe@example.ca"}})
	again := newApplication("zoe@example.ca", form.Answers{"name": {"Zoé"}, "email": {"zoe@example.ca"}})
	h.mustSubmit(t, first)
	h.mustConfirm(t, first, noon)
	h.mustSubmit(t, again)
	letters := letters(again.Email)
	if _, err := h.Confirm(t.Context(), again.ID, Proof{At: noon.Add(time.Minute)}, anyMember, letters); err != nil {
		t.Fatal(err)
	}
	h.mustAsk(t, newChange(first.ID, "ZOE@example.ca", "new@example.ca"))
	h.mustConfirmChange(t, h.onlyChange(t, "NEW@example.ca"), noon.Add(time.Hour))
	h.wantNowhere(t, "zoe@example.ca")
	h.wantMember(t, "new@example.ca", form.Answers{"name": {"Zoé"}, "email": {"new@example.ca"}})
	if err := h.Restore(t.Context(), letters.Restore.Selector, noon, noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	h.wantMember(t, "new@example.ca", form.Answers{"name": {"Zoé"}, "email": {"new@example.ca"}})
	if former, err := h.FormerOf(t.Context(), first.ID); err != nil || len(former) != 0 {
		t.Errorf("the former answers are %+v, %v", former, err)
	}
	if f, err := h.FormerBySelector(t.Context(), letters.Restore.Selector); err != nil || len(f.Answers) > 0 {
		t.Errorf("of the link it is known %+v, %v", f, err)
	}
	h.wantProofs(t, "new@example.ca", 4)
	if _, err := h.ask(t, newChange(first.ID, "zoe@example.ca", "x@example.ca")); !errors.Is(err, ErrNotFound) {
		t.Errorf("from an address that is not the member's: %v", err)
	}
}

// wantMember wants the only member to have an address and answers.
func (h *harness) wantMember(t *testing.T, email string, answers form.Answers) {
	t.Helper()
	if m := h.members(t)[0]; m.Email != email || !reflect.DeepEqual(m.Answers, answers) {
		t.Errorf("the member is %+v, want %s and %v", m, email, answers)
	}
}

func (h *harness) mustFill(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		_, err := h.file.Write().ExecContext(t.Context(), `INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at) VALUES ($1, 'Full@example.ca', 'fr', '1', '{}', 1, 1)`, fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnAddressHasNoMoreThanSoManyMembers(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", nil)
	zoe := h.members(t)[0].ID
	h.mustAsk(t, newChange(zoe, "zoe@example.ca", "full@example.ca"))
	open := h.onlyChange(t, "zoe@example.ca")
	h.mustFill(t, MaxSharing)
	if err := h.ConfirmAddressChange(t.Context(), open.Selector, "email", told(), noon); !errors.Is(err, ErrCrowded) {
		t.Errorf("confirmed for an address that has %d members meanwhile: %v", MaxSharing, err)
	}
	if _, err := h.ask(t, newChange(zoe, "zoe@example.ca", "full@example.ca")); !errors.Is(err, ErrCrowded) {
		t.Errorf("asked for an address with %d members: %v", MaxSharing, err)
	}
	if got := h.onlyChange(t, "zoe@example.ca"); got.Selector != open.Selector {
		t.Error("a change that was refused took the place of another")
	}
	if _, err := h.ask(t, newChange("0", "full@example.ca", "FULL@example.ca")); err != nil {
		t.Errorf("to another spelling of the same address: %v", err)
	}
}
