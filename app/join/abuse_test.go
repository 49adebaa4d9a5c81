package join

import (
	"errors"
	"testing"
	"time"

	"joinery/app/member"
)

func TestACodeThatStandsInNoLetterConfirmsNothing(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	code := b.proofCode(t)
	if _, err := b.file.Write().ExecContext(t.Context(), `UPDATE links SET letter = ''`); err != nil { // as beyond the limits
		t.Fatal(err)
	}
	b.wantTried(t, id, code, "mistyped 4")
	b.wantCount(t, "members", 0)
}

// TestManyDraftsMakeFewReminders has somebody begin drafts whose mail goes to
// another's address.
func TestManyDraftsMakeFewReminders(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	for range 10 {
		w := b.begun(t)
		fine(t, b.SendResumeLink(t.Context(), w.id, "victim@example.ca", "en", ""))
	}
	for b.now.Before(noon.Add(b.DraftTTL)) {
		b.pass(time.Hour)
		fine(t, b.Remind(t.Context()))
	}
	b.wantCount(t, "mails WHERE kind = 'reminder'", b.Limits.PerAddress.Max)
}

// TestAnAddressIsNotCorrectedOnceItIsConfirmed has both happen at the same time:
// the application is read as one that waits, and confirmed before it is sent
// again.
func TestAnAddressIsNotCorrectedOnceItIsConfirmed(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	l, was := b.link(t, b.proof(t)), b.application(t, id)
	fine(t, b.Confirm(t.Context(), l))
	was.Replaces, was.ID, was.Draft, was.Email = was.ID, "another", correctionKey(was.Draft), "right@example.ca"
	if err := b.submit(t.Context(), was, ""); !errors.Is(err, member.ErrNotFound) {
		t.Errorf("submit = %v, want ErrNotFound", err)
	}
	if err := b.ChangeEmail(t.Context(), id, "right@example.ca", ""); !errors.Is(err, ErrNoDraft) {
		t.Errorf("Readdress = %v, want ErrNoDraft", err)
	}
	b.wantCount(t, "applications", 1)
	b.wantCount(t, "mails WHERE recipient = 'right@example.ca'", 0)
}

func TestTheBrowserThatAppliedIsStrongerThanAPress(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	token := b.proof(t)
	b.press(t, token, member.ConfirmDecline)
	b.wantLink(t, token, Ending)
	l := b.link(t, token)
	if !b.Own(t.Context(), l, id) || !l.Confirmable() {
		t.Fatal("the browser that applied cannot confirm")
	}
	fine(t, b.Confirm(t.Context(), l))
	b.pass(confirmDelay + time.Second)
	b.settle(t)
	b.wantLink(t, token, Used)
}

// TestAnOldLinkDoesNotEndTheNewest has a machine ask for a fresh one on the page
// of an old one, as often as it can.
func TestAnOldLinkDoesNotEndTheNewest(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	old := b.proof(t)
	b.pass(time.Hour)
	b.again(t, id)
	newest := b.proof(t)
	for b.now.Before(noon.Add(20 * time.Hour)) {
		b.pass(time.Hour)
		l := b.link(t, old)
		if err := b.ResendFromLink(t.Context(), l, ""); !errors.Is(err, ErrTooSoon) || !l.NewerWorks || !l.NextAllowed.Equal(b.link(t, newest).found.Link.ExpiresAt) {
			t.Fatalf("Renew = %v, of %+v, want ErrSoon until the newest expires", err, l)
		}
		b.wantLink(t, newest, Open)
	}
	b.pass(6 * time.Hour) // now that is late too
	if l := b.link(t, old); l.NewerWorks || b.ResendFromLink(t.Context(), l, "") != nil {
		t.Errorf("when all are late, no fresh one can be had: %+v", l)
	}
	b.wantLink(t, b.proof(t), Open)
}
