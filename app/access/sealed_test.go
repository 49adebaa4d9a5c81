package access

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"joinery/app/dbtest"
	"joinery/app/token"
)

// keyOf returns the key of a draft as text, or "".
func (h *harness) keyOf(t *testing.T, draft string) string {
	t.Helper()
	info, err := h.ByDraft(t.Context(), draft)
	fine(t, err)
	return info.Key.Text()
}

// TestNoAddressOfADraftIsInTheFile in upper or lower case, nor a digest that others can make.
func TestNoAddressOfADraftIsInTheFile(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	fine(t, h.Begin(t.Context(), "d2", "h2", "begun-with@example.ca", later))
	h.enter(t, h.linkTo(t, "d1", "Mailbox-of-d1@example.ca"), "owner", noon)
	h.linkTo(t, "d1", "linked-to@example.ca")
	if all, err := h.ByEmail(t.Context(), "Begun-With@example.ca", 9); err != nil || len(all) != 1 || all[0].AnsweredEmail != "begun-with@example.ca" {
		t.Errorf("ByEmail = %+v, %v, want the draft with the address as it was answered", all, err)
	}
	h.wantNoTrace(t, "example.ca", "EXAMPLE.CA", "ailbox-of", "egun-with", "inked-to",
		token.Digest("mailbox-of-d1@example.ca"), token.Digest("begun-with@example.ca"), token.Digest("linked-to@example.ca"))
}

func TestASealedAddressIsWorthNothingInAnotherRow(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h2")
	_, err := h.file.Write().ExecContext(t.Context(), `
		UPDATE draft_access SET contact_email = (SELECT contact_email FROM draft_access WHERE draft = 'd1') WHERE draft = 'd2'`)
	fine(t, err)
	want := infoOf("d2")
	want.ContactEmail = ""
	h.wantInfo(t, want)
}

// TestADamagedRowKeepsNoOtherFromItsTurn has nothing of the first of two drafts open.
func TestADamagedRowKeepsNoOtherFromItsTurn(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h2")
	fine(t, h.SetAnsweredEmail(t.Context(), "h1", "d1", infoOf("d2").AnsweredEmail))
	_, err := h.file.Write().ExecContext(t.Context(), `
		UPDATE draft_access SET answered_email = 'damaged', contact_email = '1.damaged', sealed_key = '99.damaged' WHERE draft = 'd1'`)
	fine(t, err)
	want := infoOf("d1")
	want.AnsweredEmail, want.ContactEmail = "", ""
	h.wantInfo(t, want)
	if info, err := h.BySession(t.Context(), "h1"); err != nil || info.Draft != "d1" || !info.Key.IsZero() {
		t.Errorf("its browser has %+v, %v, want it without answers", info, err)
	}
	all, err := h.ExpiringBefore(t.Context(), later, 9)
	if err != nil || !slices.Equal(names(all), []string{"d1", "d2"}) {
		t.Errorf("the sweep is given %q, %v, want both", names(all), err)
	}
	all, err = h.ReminderDue(t.Context(), later, 9)
	if err != nil || !slices.Equal(names(all), []string{"d2"}) {
		t.Errorf("reminders are due for %q, %v, want the draft that can be written about", names(all), err)
	}
	all, err = h.ByEmail(t.Context(), infoOf("d2").AnsweredEmail, 9)
	if err != nil || !slices.Equal(names(all), []string{"d1", "d2"}) {
		t.Errorf("the address has %q, %v, want both: what is erased must not be left out", names(all), err)
	}
}

func TestADraftHasAKeyOfItsOwnUntilItEnds(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	first, err := h.Store.Begin(t.Context(), Beginning{Draft: "d1", Session: "h1", ExpiresAt: later, At: noon}, nil)
	fine(t, err)
	again, err := h.Store.Begin(t.Context(), Beginning{Draft: "d1", Session: "h2", ExpiresAt: later, At: noon}, nil)
	fine(t, err)
	h.begin(t, "d2", "h3")
	if key := h.keyOf(t, "d1"); key == "" || key != first.Text() || key != again.Text() || key == h.keyOf(t, "d2") {
		t.Errorf("the key is %q, Begin returned %q and %q; want one, and another for the other draft", key, first.Text(), again.Text())
	}
	fine(t, h.MarkSubmitted(t.Context(), "d1", later))
	if key := h.keyOf(t, "d1"); key != "" {
		t.Error("a draft that was submitted still has its key")
	}
	fine(t, h.Forget(t.Context(), "d2"))
	h.wantCount(t, "draft_access WHERE sealed_key <> ''", 0)
}

// TestTwoPressesGetTheSameKeyOfACorrection at once, before the sessions are moved, and after.
func TestTwoPressesGetTheSameKeyOfACorrection(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "sent", "h1")
	before := h.keyOf(t, "sent")
	fine(t, h.MarkSubmitted(t.Context(), "sent", later))
	keys := make([]string, 20)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			key, err := h.CorrectionKey(t.Context(), "sent", "correction")
			if err != nil {
				t.Errorf("CorrectionKey: %v", err)
			}
			keys[i] = key.Text()
			if i > 10 {
				if err := h.MoveSessions(t.Context(), "sent", "correction", later); err != nil {
					t.Errorf("MoveSessions: %v", err)
				}
			}
		})
	}
	all.Wait()
	for _, key := range append(keys, h.keyOf(t, "correction")) {
		if key == "" || key != keys[0] || key == before {
			t.Fatalf("the keys are %q, want one, and not that of what was sent", keys)
		}
	}
	fine(t, h.MarkSubmitted(t.Context(), "sent", later)) // as a sweep does it
	if _, err := h.CorrectionKey(t.Context(), "never was", "neither"); !errors.Is(err, ErrNotFound) {
		t.Errorf("CorrectionKey of no draft: %v, want ErrNotFound", err)
	}
}

// TestASweepTakesNoKeyFromACorrection that is about to begin.
func TestASweepTakesNoKeyFromACorrection(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "sent", "h1")
	fine(t, h.MarkSubmitted(t.Context(), "sent", later))
	key, err := h.CorrectionKey(t.Context(), "sent", "correction")
	fine(t, err)
	fine(t, h.MarkSubmitted(t.Context(), "sent", later))
	fine(t, h.MoveSessions(t.Context(), "sent", "correction", later))
	if got := h.keyOf(t, "correction"); got != key.Text() {
		t.Error("the correction has another key than its answers were saved with")
	}
}

func TestTheKeyOfADeletedCorrectionIsGone(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "correction", "h1")
	fine(t, h.MoveSessions(t.Context(), "correction", "sent", later))
	h.wantSession(t, "h1", "sent")
	if key := h.keyOf(t, "sent"); key != "" {
		t.Error("the draft that was sent has the key of its correction")
	}
}

func TestNetworksAreCountedByTheSameDigestAfterARestart(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	before := h.NetworkDigest("192.0.2.0/24")
	h.Store = NewStore(h.file, dbtest.Ring(t, h.file))
	if after := h.NetworkDigest("192.0.2.0/24"); after != before || after == h.NetworkDigest("192.0.3.0/24") || h.NetworkDigest("") != "" {
		t.Errorf("the digest was %q and is %q", before, after)
	}
	if other := newHarness(t).NetworkDigest("192.0.2.0/24"); other == before {
		t.Error("another installation makes the same digest")
	}
}
