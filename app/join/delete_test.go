package join

import (
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// wantNoTrace wants nothing to be left of the one draft that there was.
func (b *bench) wantNoTrace(t *testing.T, w *browser) {
	t.Helper()
	w.wantNoDraft(t)
	for _, table := range []string{"draft_access", "sessions", "grants", "mails WHERE state = 'waiting'", "mails WHERE topic <> '' OR text <> ''"} {
		b.wantCount(t, table, 0)
	}
}

func TestDeleteLeavesNoTrace(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		other := w.beside(t)
		w.mailed(t, "zoe@example.ca")
		fine(t, b.CreateHandoff(t.Context(), w.id, i18n.English))
		key := w.progress(t).Draft.Key
		for range 2 {
			fine(t, b.Delete(t.Context(), other.id))
		}
		b.wantNoTrace(t, w)
		other.wantNoDraft(t)
		if d, err := b.Drafts.Load(t.Context(), key); err == nil {
			t.Errorf("the store still has %+v", d)
		}
		for _, id := range []string{"", "made up"} {
			fine(t, b.Delete(t.Context(), id))
		}
	})
}

func TestDeleteLeavesOtherDraftsAlone(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w, other := b.begun(t), b.begun(t)
	token := other.mailed(t, "zoe@example.ca")
	fine(t, b.Delete(t.Context(), w.id))
	other.wantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
	b.wantStanding(t, token, Open)
	b.wantCount(t, "mails WHERE state = 'waiting'", 1)
}

func TestWhoReadsTheMailboxCanDelete(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		way := b.way(t, w.mailed(t, "zoe@example.ca"))
		for range 2 {
			fine(t, b.DeleteByLink(t.Context(), way))
		}
		b.wantNoTrace(t, w)
	})
}

// TestAnOldLinkDeletesNothing holds for links as they stand in the history of
// some browser.
func TestAnOldLinkDeletesNothing(t *testing.T) {
	t.Parallel()
	for name, then := range map[string]func(*testing.T, *browser){
		"used": func(t *testing.T, w *browser) { w.use(t) },
		"late": func(_ *testing.T, w *browser) { w.pass(w.LinkTTL) },
	} {
		t.Run(name, func(t *testing.T) {
			b := benches["embedded"](t)
			w := b.begun(t)
			token := w.mailed(t, "zoe@example.ca")
			then(t, w)
			fine(t, b.DeleteByLink(t.Context(), b.way(t, token)))
			w.wantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
		})
	}
}

func TestALinkDeletesNothingThatWasSent(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := &browser{bench: b, id: b.finished(t)}
	before := b.way(t, w.mailed(t, "zoe@example.ca"))
	b.send(t, w.id)
	wantError(t, "DeleteByWay", b.DeleteByLink(t.Context(), before), ErrSent)
	fine(t, b.DeleteByLink(t.Context(), b.way(t, tokens(b.letters(t, mail.Confirm)[0], "/confirm/")[0])))
	fine(t, b.DeleteByLink(t.Context(), ResumeLink{Status: Mistyped}))
	if a := w.application(t, w.id); a.State != "waiting" {
		t.Errorf("the application is %s, want it waiting", a.State)
	}
}

// TestACorrectionThatIsDeletedLeavesTheApplication as it was sent.
func TestACorrectionThatIsDeletedLeavesTheApplication(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.sent(t)}
		fine(t, b.StartCorrection(t.Context(), w.id))
		fine(t, b.Delete(t.Context(), w.id))
		if a := w.application(t, w.id); a.State != "waiting" {
			t.Errorf("its browser sees the application %s, want it waiting", a.State)
		}
		b.confirmed(t)
		b.wantCount(t, "members", 1)
	})
}
