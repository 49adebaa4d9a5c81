package wizard_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// firstAnswers are what the first save of a draft has in these tests.
var firstAnswers = form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}}

// TestAFirstSaveThatIsRefusedLeavesNoAnswers has the file of members refuse the
// session: answers that no browser can open must not be in the draft store.
func TestAFirstSaveThatIsRefusedLeavesNoAnswers(t *testing.T) {
	for name, m := range modes {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.Browser("")
				p := b.Open(t, "one")
				allow := j.RefuseWrites(t)
				result, err := p.Save(t, m, firstAnswers)
				journeytest.WantError(t, "Save", err, wizard.ErrNotSaved)
				if result.Answers.First("mail") != "zoe@example.ca" {
					t.Errorf("the result has %v, want what was typed", result.Answers)
				}
				if kept := j.KeptDrafts(t); len(kept) > 0 {
					t.Errorf("the store keeps the drafts %q, want none", kept)
				}
				j.Browser(result.Session).WantNoDraft(t)

				allow()
				p.MustSave(t, m, nil)
				b.WantTyped(t, firstAnswers)
				if kept := j.KeptDrafts(t); !slices.Equal(kept, []string{b.Progress(t).Draft.Key}) {
					t.Errorf("saved again, the store keeps the drafts %q, want one", kept)
				}
				wantDiscarded(t, j)
			})
		})
	}
}

// TestManyFirstSavesThatAreRefusedLeaveNothing refuses them one after the other.
func TestManyFirstSavesThatAreRefusedLeaveNothing(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		p := j.Browser("").Open(t, "one")
		allow := j.RefuseWrites(t)
		for range 20 {
			_, err := p.Save(t, wizard.Continue, firstAnswers)
			journeytest.WantError(t, "Save", err, wizard.ErrNotSaved)
		}
		if kept := j.KeptDrafts(t); len(kept) > 0 {
			t.Errorf("the store keeps %d drafts, want none", len(kept))
		}
		allow()
		for _, table := range []string{"draft_access", "sessions", "discarded_drafts"} {
			j.WantCount(t, table, 0)
		}
	})
}

var errFailed = errors.New("the store has failed")

// TestAFirstSaveThatTheDraftStoreRefusesLeadsNowhere has the store fail after the
// session was recorded: with nothing saved, or with the answers saved all the same.
func TestAFirstSaveThatTheDraftStoreRefusesLeadsNowhere(t *testing.T) {
	failures := map[string]struct {
		fail  func(h *journeytest.HookedStore)
		typed form.Answers
		want  error
		kept  int // how many drafts the store has until they are cleared
	}{
		"before it saves": {
			func(h *journeytest.HookedStore) { h.BeforeSave = func(string) error { return errFailed } }, firstAnswers, wizard.ErrNotSaved, 0,
		},
		"after it has saved": {
			func(h *journeytest.HookedStore) { h.AfterSave = func(string) error { return errFailed } }, firstAnswers, wizard.ErrNotSaved, 1,
		},
		"because there is too much": {
			func(h *journeytest.HookedStore) { h.BeforeSave = func(string) error { return draft.ErrTooLarge } }, firstAnswers, wizard.ErrTooLarge, 0,
		},
	}
	for name, tt := range failures {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				store := j.HookDrafts(t)
				var key string
				tt.fail(store)
				store.BeforeSave = remember(&key, store.BeforeSave)
				result, err := j.Browser("").Open(t, "one").Save(t, wizard.Continue, tt.typed)
				journeytest.WantError(t, "Save", err, tt.want)
				j.WantCount(t, "draft_access", 0)
				j.WantCount(t, "sessions", 0)
				j.Browser(result.Session).WantNoDraft(t)
				wantDiscarded(t, j, key)
				if kept := j.KeptDrafts(t); len(kept) != tt.kept {
					t.Errorf("the store keeps the drafts %q, want %d", kept, tt.kept)
				}
				journeytest.Must(t, j.Confirm.ClearDiscarded(t.Context()))
				wantDiscarded(t, j)
				if kept := j.KeptDrafts(t); len(kept) > 0 {
					t.Errorf("cleared, the store keeps the drafts %q", kept)
				}
			})
		})
	}
}

// remember returns a hook that notes the key and does what next does.
func remember(key *string, next func(string) error) func(string) error {
	return func(k string) error {
		*key = k
		if next == nil {
			return nil
		}
		return next(k)
	}
}

// wantDiscarded wants the answers of these drafts to be noted for clearing.
func wantDiscarded(t *testing.T, j *journeytest.Journey, want ...string) {
	t.Helper()
	got, err := j.Access.Discarded(t.Context(), 100)
	journeytest.Must(t, err)
	if !slices.Equal(got, want) {
		t.Errorf("discarded are %q, want %q", got, want)
	}
}

// TestAFirstSaveIsDiscardedThoughItsRequestEnds has the browser go away while the
// store saves.
func TestAFirstSaveIsDiscardedThoughItsRequestEnds(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		ctx, cancel := context.WithCancel(t.Context())
		j.HookDrafts(t).AfterSave = func(string) error { cancel(); return ctx.Err() }
		p := j.Browser("").Open(t, "one")
		p.Answers = firstAnswers
		_, err := j.Save(ctx, "", p.Submission(wizard.Continue))
		if !errors.Is(err, wizard.ErrNotSaved) || !errors.Is(err, context.Canceled) {
			t.Errorf("Save: %v, want ErrNotSaved because the request has ended", err)
		}
		j.WantCount(t, "draft_access", 0)
		kept := j.KeptDrafts(t)
		if len(kept) != 1 {
			t.Errorf("the store keeps the drafts %q, want the one that it saved", kept)
		}
		wantDiscarded(t, j, kept...)
	})
}

// TestAFirstSaveWhileTheDraftStoreIsClosedLeadsNowhere fails by itself, not by a hook.
func TestAFirstSaveWhileTheDraftStoreIsClosedLeadsNowhere(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		p := j.Browser("").Open(t, "one")
		journeytest.Must(t, j.Drafts.(io.Closer).Close())
		_, err := p.Save(t, wizard.Continue, firstAnswers)
		journeytest.WantError(t, "Save", err, wizard.ErrNotSaved)
		j.WantCount(t, "draft_access", 0)
		j.WantCount(t, "sessions", 0)
		j.WantCount(t, "discarded_drafts", 1)
	})
}

// TestASaveThatFailsInBothStoresSaysBoth has the file of members refuse to discard a
// draft that could not be saved. What leads to it ends with its time to live.
func TestASaveThatFailsInBothStoresSaysBoth(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		allow := func() {}
		j.HookDrafts(t).BeforeSave = func(string) error { allow = j.RefuseWrites(t); return errFailed }
		_, err := j.Browser("").Open(t, "one").Save(t, wizard.Continue, firstAnswers)
		if !errors.Is(err, wizard.ErrNotSaved) || !errors.Is(err, errFailed) || !strings.Contains(err.Error(), "access: cancel begin") {
			t.Errorf("Save: %v, want it to say both failures", err)
		}
		allow()
		j.WantCount(t, "draft_access", 1)
		j.Pass(j.DraftTTL)
		j.Tidy(t)
		j.WantCount(t, "draft_access", 0)
		j.WantCount(t, "sessions", 0)
	})
}

// TestOneDraftTooManyIsNotBegun keeps what was typed for the page, and says when there is
// room again. A draft that the store of drafts refuses is not one of them.
func TestOneDraftTooManyIsNotBegun(t *testing.T) {
	for name, m := range modes {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				store := j.HookDrafts(t)
				w, err := wizard.New(wizard.Options{
					Form: j.Form, Drafts: store, Access: j.Access, Now: j.Now, TTL: j.DraftTTL,
					Limits: &access.BeginLimits{PerNetwork: access.Budget{Max: 1, Per: time.Hour}, Log: slog.New(slog.DiscardHandler)},
				})
				journeytest.Must(t, err)
				sub := wizard.Submission{Section: &j.Form.Sections[0], Answers: firstAnswers, Mode: m, Network: "203.0.113.0/24"}
				store.BeforeSave = func(string) error { return errFailed }
				_, err = w.Save(t.Context(), w.Start(), sub)
				journeytest.WantError(t, "Save in an outage", err, wizard.ErrNotSaved)
				store.BeforeSave = nil
				first, err := w.Save(t.Context(), w.Start(), sub)
				journeytest.Must(t, err)
				result, err := w.Save(t.Context(), w.Start(), sub)
				journeytest.WantError(t, "the second Save", err, wizard.ErrTooMany)
				if at := result.AllowedAt.Sub(j.Now()); at < time.Hour || at > time.Hour+time.Second || result.Answers.First("mail") != firstAnswers.First("mail") {
					t.Errorf("the result is %+v", result)
				}
				j.WantCount(t, "draft_access", 1)
				j.WantCount(t, "sessions", 1)
				if kept := j.KeptDrafts(t); len(kept) != 1 {
					t.Errorf("the store keeps the drafts %q", kept)
				}

				p, err := w.Progress(t.Context(), first.Session) // what has begun goes on
				journeytest.Must(t, err)
				sub.Snapshot = w.Snapshot(p.Draft, sub.Section)
				_, err = w.Save(t.Context(), p, sub)
				journeytest.Must(t, err)
				sub.Network, sub.Snapshot = "203.0.114.0/24", wizard.Snapshot{}
				_, err = w.Save(t.Context(), w.Start(), sub)
				journeytest.Must(t, err)

				j.Pass(2 * time.Hour)
				journeytest.Must(t, w.SweepBegun(t.Context()))
				j.WantCount(t, "begun_drafts", 0)
			})
		})
	}
}
