package join

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
)

func TestSweepForgetsWhoMayComeToDraftsThatHaveEnded(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		ended, lives := b.wanting(t), b.begun(t)
		lives.mailed(t, "ann@example.ca")
		fine(t, b.CreateHandoff(t.Context(), ended.id, i18n.English))
		b.pass(b.DraftTTL - time.Second)
		lives.open(t, "two").must(t, Autosave, form.Answers{"pet": {"none"}})
		fine(t, b.Sweep(t.Context()))
		b.wantCount(t, "draft_access", 2)
		b.pass(time.Second)
		fine(t, b.Sweep(t.Context()))
		b.wantCount(t, "draft_access", 1)
		b.wantCount(t, "sessions", 1)
		b.wantCount(t, "grants", 1)
		ended.wantNoDraft(t)
		lives.wantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}, "pet": {"none"}})
		b.pass(b.DraftTTL)
		fine(t, b.Sweep(t.Context()))
		b.wantNoTrace(t, lives)
	})
}

func TestWhoHoldsASentDraftSeesForLongWhatBecameOfIt(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		b.pass(b.DraftTTL - time.Hour)
		b.send(t, w.id)
		b.pass(b.DraftTTL - time.Second)
		fine(t, b.Remind(t.Context()))
		fine(t, b.Sweep(t.Context()))
		if a, err := b.Sent(t.Context(), w.id); err != nil || a.Sent.IsZero() {
			t.Errorf("Sent = %+v, %v, want the application", a, err)
		}
		b.pass(time.Second)
		fine(t, b.Sweep(t.Context()))
		_, err := b.Sent(t.Context(), w.id)
		wantError(t, "Sent after that", err, ErrNoDraft)
		b.wantCount(t, "sessions", 0)
		b.wantCount(t, "applications", 1)
	})
}

// TestSweepAndRemindGoThroughAllDrafts has more of them than are looked at
// between two questions to the store.
func TestSweepAndRemindGoThroughAllDrafts(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	for i := range batch + 10 {
		w := b.begun(t)
		fine(t, b.Access.SetContactEmail(t.Context(), w.progress(t).Draft.Key, fmt.Sprint("zoe", i, "@example.ca"), i18n.English))
		if i%2 == 0 {
			b.now = noon.Add(time.Hour)
			w.open(t, "two").must(t, Autosave, nil)
			b.now = noon
		}
	}
	b.pass(b.DraftTTL - b.RemindBefore)
	b.reminded(t, (batch+10)/2)
	b.pass(b.RemindBefore)
	fine(t, b.Sweep(t.Context()))
	b.wantCount(t, "draft_access", (batch+10)/2)
}

// TestEndsWithinASecond has the clock stand between two seconds, which is as
// fine as access keeps the end of a draft.
func TestEndsWithinASecond(t *testing.T) {
	for _, fraction := range []time.Duration{time.Millisecond, 300 * time.Millisecond, time.Second - time.Millisecond} {
		t.Run(fraction.String(), func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
				defer stop()
				b.pass(fraction)
				w := b.wanting(t)
				saved := w.progress(t).Draft.Saved
				for _, early := range []time.Duration{b.RemindBefore, 0} {
					b.now = saved.Add(b.DraftTTL - early).Truncate(time.Second)
					fine(t, b.Remind(ctx))
					fine(t, b.Sweep(ctx))
					b.now = saved.Add(b.DraftTTL - early - time.Millisecond)
					fine(t, b.Remind(ctx))
					fine(t, b.Sweep(ctx))
				}
				w.wantNext(t, "")
				b.wantCount(t, "mails WHERE kind = 'reminder'", 1)
				b.now = saved.Add(b.DraftTTL + time.Second)
				fine(t, b.Sweep(ctx))
				b.wantNoTrace(t, w)
			})
		})
	}
}

// A dead store cannot load.
type dead struct{ draft.Store }

func (dead) Load(context.Context, string) (draft.Draft, error) {
	return draft.Draft{}, errors.New("the store has failed")
}

func TestNothingIsForgottenWhileTheStoreFails(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.wanting(t)
	store := b.Drafts
	b.Drafts = dead{store}
	b.pass(b.DraftTTL - time.Hour)
	if err := b.Remind(t.Context()); err == nil {
		t.Error("Remind succeeds though it cannot look")
	}
	b.now = noon.Add(b.DraftTTL)
	if err := b.Sweep(t.Context()); err == nil {
		t.Error("Sweep succeeds though it cannot look")
	}
	b.now = noon
	b.Drafts = store
	w.wantNext(t, "")
	b.wantCount(t, "mails WHERE kind = 'reminder'", 0)
}
