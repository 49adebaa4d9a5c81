package join

import (
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

func TestReopenGivesTheAnswersBackToTheSameBrowser(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		wantError(t, "Reopen of what was not sent", b.StartCorrection(t.Context(), w.id), ErrNoDraft)
		wantError(t, "Reopen of what never was", b.StartCorrection(t.Context(), "made up"), ErrNoDraft)
		before := w.progress(t).Draft.Key
		b.send(t, w.id)
		fine(t, b.StartCorrection(t.Context(), w.id))
		w.wantTyped(t, form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"none"}})
		w.wantNext(t, "")
		if key := w.progress(t).Draft.Key; key == before {
			t.Error("the correction has the key of what was sent")
		}
		wantError(t, "a second Reopen", b.StartCorrection(t.Context(), w.id), ErrNoDraft)
	})
}

func TestEveryBrowserThatHeldTheApplicationHoldsItsCorrection(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		other := w.beside(t)
		b.send(t, w.id)
		fine(t, b.StartCorrection(t.Context(), other.id))
		wantSame(t, w, other)
		w.open(t, "one").must(t, Continue, form.Answers{"mail": {"right@example.ca"}})
		wantError(t, "Reopen by the other", b.StartCorrection(t.Context(), other.id), ErrNoDraft)
		other.wantTyped(t, form.Answers{"mail": {"right@example.ca"}, "lang": {"fr"}, "pet": {"none"}})
	})
}

// TestReopenThatWasInterruptedIsCompleted has it begin once more, as when the
// program ended before the browsers were moved.
func TestReopenThatWasInterruptedIsCompleted(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.sent(t)}
		a, err := b.Sent(t.Context(), w.id)
		fine(t, err)
		fine(t, b.restoreAnswers(t.Context(), correctionKey(a.Draft), a))
		fine(t, b.StartCorrection(t.Context(), w.id))
		w.wantTyped(t, form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"none"}})
	})
}

func TestACorrectionReplacesTheApplicationOnceItIsSent(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.sent(t)}
		old := b.proof(t)
		fine(t, b.StartCorrection(t.Context(), w.id))
		w.open(t, "one").must(t, Continue, form.Answers{"mail": {"right@example.ca"}, "lang": {"en"}})
		if standing := b.link(t, old).Status; standing != Open {
			t.Errorf("before the correction is sent the old link is %s, want open", standing)
		}
		b.send(t, w.id)
		wantReplaced(t, b, old)
		if l := b.link(t, b.proof(t)); l.Status != Open || !b.Own(t.Context(), l, w.id) {
			t.Errorf("the new link is %s, want open, and of this browser", l.Status)
		}
	})
}

func wantReplaced(t *testing.T, b *bench, token string) {
	t.Helper()
	l := b.link(t, token)
	if l.Status != Replaced || l.found.State != member.Replaced || l.found.Email != "" {
		t.Errorf("the old application is %+v, want it replaced and forgotten", l)
	}
	fine(t, b.Confirm(t.Context(), l))
	b.wantCount(t, "members", 0)
	b.wantCount(t, "applications WHERE state = 'waiting'", 1)
}

func TestTheApplicationCanBeConfirmedWhileItIsCorrected(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.sent(t)}
		fine(t, b.StartCorrection(t.Context(), w.id))
		fine(t, b.Confirm(t.Context(), b.link(t, b.proof(t))))
		b.wantCount(t, "members", 1)
		w.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
		b.send(t, w.id)
		fine(t, b.Confirm(t.Context(), b.link(t, b.proof(t))))
		b.wantCount(t, "members", 1)
		b.wantCount(t, `members WHERE answers LIKE '%Łuna%'`, 1)
	})
}

func TestTheLinkToAnApplicationIsNotOwnWhileItIsCorrected(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	l := b.link(t, b.proof(t))
	if !b.Own(t.Context(), l, id) || b.Own(t.Context(), l, "made up") || b.Own(t.Context(), l, "") {
		t.Error("it is not known whose the link is")
	}
	fine(t, b.StartCorrection(t.Context(), id))
	if b.Own(t.Context(), l, id) {
		t.Error("looking at the link would confirm what is being corrected")
	}
}

func TestACorrectionIsFoundByItsAddress(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := &browser{bench: b, id: b.sent(t)}
	fine(t, b.StartCorrection(t.Context(), w.id))
	b.RequestResumeLink("Zoe@hospital.example", i18n.English, "")
	b.ProcessRequests(t.Context())
	found := tokens(b.letter(t, mail.Resume), "/resume/")
	if len(found) != 1 {
		t.Fatalf("the letter has the links %q, want one", found)
	}
	wantSame(t, b.enter(t, b.way(t, found[0]), "press"), w)
}
