package join

import (
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestALinkLetsAnotherBrowserIn(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		queued := 0
		b.Queued = func() { queued++ }
		token := w.mailed(t, "zoe@example.ca")
		if l := b.letter(t, mail.Resume); l.To != "zoe@example.ca" || l.Lang != i18n.French || l.Topic != w.progress(t).Draft.Key || queued != 1 {
			t.Errorf("the letter is %+v, and the queue was woken %d times", l, queued)
		}
		way := b.way(t, token)
		if way.Status != Open || way.Recipient() != "zoe@example.ca" || way.Progress.ShortID() != w.progress(t).ShortID() {
			t.Errorf("the link is %+v, want it open", way)
		}
		other := b.enter(t, way, "press")
		wantSame(t, other, w)
		if other.id == w.id || other.id == token {
			t.Error("the other browser has no id of its own")
		}
		b.wantStanding(t, token, Used)
		w.open(t, "two")
	})
}

func TestOfTwoPressesOnALinkOneIsLetIn(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		token := w.mailed(t, "zoe@example.ca")
		first, second := b.way(t, token), b.way(t, token) // both pages were open
		wantSame(t, b.enter(t, first, "press"), w)
		if late := b.enter(t, second, "another press"); late.id != "" {
			t.Error("a second press has been let in")
		}
		if late := b.enter(t, b.way(t, token), "another press"); late.id != "" {
			t.Error("a used link has let somebody in")
		}
		wantSame(t, b.enter(t, b.way(t, token), "press"), w) // pressed twice
		b.wantCount(t, "sessions", 3)
	})
}

func TestABrowserThatHoldsTheDraftKeepsItsID(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	token := w.mailed(t, "zoe@example.ca")
	if got := b.enterWith(t, b.way(t, token), w.id, "press"); got.id != w.id {
		t.Errorf("the browser has the id %q now, want the one it had", got.id)
	}
	b.wantStanding(t, token, Open)
	b.wantCount(t, "sessions", 1)
}

func TestABrowserThatHoldsAnotherDraftCanComeBackToIt(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w, other := b.begun(t), b.begun(t)
	before := *other
	entered := b.enterWith(t, b.way(t, w.mailed(t, "zoe@example.ca")), other.id, "press")
	wantSame(t, entered, w)
	if entered.id == before.id || before.progress(t).ShortID() == w.progress(t).ShortID() {
		t.Error("the id of the other draft was taken over")
	}
}

func TestHowALinkStands(t *testing.T) {
	tests := []struct {
		name      string
		then      func(*testing.T, *browser)
		want      LinkStatus
		renewable bool
	}{
		{"a second before its end", func(_ *testing.T, w *browser) { w.pass(w.LinkTTL - time.Second) }, Open, false},
		{"at its end", func(_ *testing.T, w *browser) { w.pass(w.LinkTTL) }, Late, true},
		{"when it was used", func(t *testing.T, w *browser) { w.use(t) }, Used, true},
		{"when it was used and has ended", func(t *testing.T, w *browser) { w.use(t); w.pass(w.LinkTTL) }, Used, true},
		{"once the draft is deleted", func(t *testing.T, w *browser) { fine(t, w.Delete(t.Context(), w.id)) }, Mistyped, false},
		{"once the draft is sent", func(t *testing.T, w *browser) { w.send(t, w.id) }, Finished, false},
		{"used, and sent", func(t *testing.T, w *browser) { w.use(t); w.send(t, w.id) }, Finished, false},
		{"once it is confirmed", func(t *testing.T, w *browser) { w.send(t, w.id); w.confirmed(t) }, Finished, false},
		{"sent, and not confirmed in time", func(t *testing.T, w *browser) { w.send(t, w.id); w.pass(w.WaitingTTL) }, Gone, false},
		{"once the draft has expired", func(_ *testing.T, w *browser) { w.pass(w.DraftTTL) }, Gone, false},
		{"once that was swept", func(t *testing.T, w *browser) { w.pass(w.DraftTTL); fine(t, w.Sweep(t.Context())) }, Mistyped, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := &browser{bench: b, id: b.finished(t)}
				token := w.mailed(t, "zoe@example.ca")
				tt.then(t, w)
				way := b.way(t, token)
				if way.Status != tt.want || way.Renewable() != tt.renewable {
					t.Errorf("it is %s and renewable %t, want %s and %t", way.Status, way.Renewable(), tt.want, tt.renewable)
				}
				if in := b.enter(t, way, "a late press"); (in.id != "") != (tt.want == Open) {
					t.Errorf("it lets in %q", in.id)
				}
				b.wantStanding(t, "MADEUP", Mistyped)
			})
		})
	}
}

// use lets a browser in by the newest link.
func (w *browser) use(t *testing.T) {
	t.Helper()
	token := tokens(w.letter(t, mail.Resume), "/resume/")[0]
	wantSame(t, w.enter(t, w.way(t, token), "press"), w)
}

func (b *bench) confirmed(t *testing.T) {
	t.Helper()
	fine(t, b.Confirm(t.Context(), b.link(t, b.proof(t))))
}

func TestALinkEndsWithItsDraft(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	b.pass(b.DraftTTL - time.Hour)
	token := w.mailed(t, "zoe@example.ca")
	b.pass(time.Hour - time.Second)
	b.wantStanding(t, token, Open)
	b.pass(time.Second)
	b.wantStanding(t, token, Gone)
}

func TestAFreshLinkGoesToTheSameMailbox(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	old := w.mailed(t, "Zoe@example.ca")
	fine(t, b.ReissueResumeLink(t.Context(), b.way(t, old), "")) // it is open still
	b.wantCount(t, "mails", 1)
	b.pass(b.LinkTTL)
	fine(t, b.ReissueResumeLink(t.Context(), b.way(t, old), ""))
	l := b.letter(t, mail.Resume)
	fresh := tokens(l, "/resume/")
	if l.To != "Zoe@example.ca" || l.Lang != i18n.French || len(fresh) != 1 || fresh[0] == old {
		t.Fatalf("the letter is %+v, want another link to the same mailbox in the same language", l)
	}
	b.wantStanding(t, old, Late)
	wantSame(t, b.enter(t, b.way(t, fresh[0]), "press"), w)
	for _, token := range []string{"MADEUP", ""} {
		fine(t, b.ReissueResumeLink(t.Context(), b.way(t, token), ""))
	}
	b.wantCount(t, "mails", 2)
}

func TestBeyondTheBudgetThereIsNoLetterAndNoError(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	for range b.Limits.PerAddress.Max + 2 {
		fine(t, b.SendResumeLink(t.Context(), w.id, "zoe@example.ca", i18n.English, ""))
	}
	b.wantCount(t, "mails", b.Limits.PerAddress.Max)
	b.wantCount(t, "grants", b.Limits.PerAddress.Max)
	used := b.way(t, tokens(b.letter(t, mail.Resume), "/resume/")[0])
	b.enter(t, used, "press")
	fine(t, b.ReissueResumeLink(t.Context(), b.way(t, tokens(b.letter(t, mail.Resume), "/resume/")[0]), ""))
	b.wantCount(t, "mails", b.Limits.PerAddress.Max)
	b.pass(b.Limits.PerAddress.Per + time.Second)
	fine(t, b.SendResumeLink(t.Context(), w.id, "zoe@example.ca", i18n.English, ""))
	b.wantCount(t, "mails", b.Limits.PerAddress.Max+1)
}

func TestMailOfNoDraft(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	sent := b.sent(t)
	for id, want := range map[string]error{"": ErrNoDraft, "made up": ErrNoDraft, sent: ErrSent} {
		wantError(t, "Mail", b.SendResumeLink(t.Context(), id, "zoe@example.ca", i18n.English, ""), want)
		wantError(t, "HandOver", b.CreateHandoff(t.Context(), id, i18n.English), want)
	}
	b.wantCount(t, "mails WHERE kind = 'resume'", 0)
	b.wantCount(t, "grants", 0)
}

// TestALinkToAWrongMailboxEnds once the right one was given.
func TestALinkToAWrongMailboxEnds(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		wrong := w.mailed(t, "stranger@example.ca")
		b.wantStanding(t, wrong, Open)
		right := w.mailed(t, "zoe@work.example")
		b.wantStanding(t, wrong, Superseded)
		b.wantStanding(t, right, Open)
		if way := b.way(t, wrong); way.Renewable() || b.enter(t, way, "press").id != "" {
			t.Error("who reads the wrong mailbox still comes to the draft")
		}
		fine(t, b.DeleteByLink(t.Context(), b.way(t, wrong)))
		b.wantStanding(t, right, Open)
	})
}
