package resume_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/member"
	"joinery/app/resume"
	"joinery/app/token"
	"joinery/app/wizard"
)

func TestSweepForgetsWhatLeadsToDraftsThatHaveEnded(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		ended, lives := j.Reminded(t), j.Begun(t)
		lives.MailLink(t, "ann@example.ca")
		journeytest.Must(t, j.CreateHandoff(t.Context(), ended.Session, i18n.English))
		j.Pass(j.DraftTTL - time.Second)
		lives.Open(t, "two").MustSave(t, wizard.Autosave, form.Answers{"pet": {"none"}})
		journeytest.Must(t, j.Resume.Sweep(t.Context()))
		j.WantCount(t, "draft_access", 2)
		j.Pass(time.Second)
		journeytest.Must(t, j.Resume.Sweep(t.Context()))
		j.WantCount(t, "draft_access", 1)
		j.WantCount(t, "sessions", 1)
		j.WantCount(t, "grants", 1)
		ended.WantNoDraft(t)
		if noted := lives.Progress(t).Info.NotedAt; !noted.Equal(j.Time.Add(-time.Second)) {
			t.Errorf("the save of the other is noted as of %v", noted)
		}
		lives.WantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}, "pet": {"none"}})
		j.Pass(j.DraftTTL)
		journeytest.Must(t, j.Resume.Sweep(t.Context()))
		j.WantNoTrace(t, lives)
	})
}

func TestABrowserSeesForLongWhatBecameOfItsDraft(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		j.Pass(j.DraftTTL - time.Hour)
		submit(t, b)
		j.Pass(j.DraftTTL - time.Second)
		journeytest.Must(t, j.Resume.Remind(t.Context()))
		journeytest.Must(t, j.Resume.Sweep(t.Context()))
		if a := j.MustApplication(t, b.Session); a.Sent.IsZero() {
			t.Errorf("the application is %+v, want it as it was submitted", a)
		}
		j.Pass(time.Second)
		journeytest.Must(t, j.Resume.Sweep(t.Context()))
		_, err := j.Application(t.Context(), b.Session)
		journeytest.WantError(t, "Application after that", err, confirm.ErrNoApplication)
		j.WantCount(t, "sessions", 0)
		j.WantCount(t, "applications", 1)
	})
}

// TestSweepAndRemindGoThroughAllDrafts has more drafts than are looked at between
// two questions to the store.
func TestSweepAndRemindGoThroughAllDrafts(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	for i := range resume.Batch + 10 {
		b := j.Begun(t)
		journeytest.Must(t, j.Access.SetContactEmail(t.Context(), token.Digest(b.Session), b.Progress(t).Draft.Key, fmt.Sprint("zoe", i, "@example.ca"), i18n.English))
		if i%2 == 0 {
			j.Time = journeytest.Noon.Add(time.Hour)
			b.Open(t, "two").MustSave(t, wizard.Autosave, nil)
			j.Time = journeytest.Noon
		}
	}
	j.Pass(j.DraftTTL - j.RemindBefore)
	j.WantReminders(t, (resume.Batch+10)/2)
	j.Pass(j.RemindBefore)
	journeytest.Must(t, j.Resume.Sweep(t.Context()))
	j.WantCount(t, "draft_access", (resume.Batch+10)/2)
}

// TestADraftMayEndBetweenTwoSeconds: seconds are as fine as the end of a draft is
// kept.
func TestADraftMayEndBetweenTwoSeconds(t *testing.T) {
	for _, fraction := range []time.Duration{time.Millisecond, 300 * time.Millisecond, time.Second - time.Millisecond} {
		t.Run(fraction.String(), func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
				defer stop()
				j.Pass(fraction)
				b := j.Reminded(t)
				saved := b.Progress(t).Draft.Saved
				for _, early := range []time.Duration{j.RemindBefore, 0} {
					j.Time = saved.Add(j.DraftTTL - early).Truncate(time.Second)
					journeytest.Must(t, j.Resume.Remind(ctx))
					journeytest.Must(t, j.Resume.Sweep(ctx))
					j.Time = saved.Add(j.DraftTTL - early - time.Millisecond)
					journeytest.Must(t, j.Resume.Remind(ctx))
					journeytest.Must(t, j.Resume.Sweep(ctx))
				}
				b.WantNext(t, "")
				j.WantCount(t, "mails WHERE kind = 'reminder'", 1)
				j.Time = saved.Add(j.DraftTTL + time.Second)
				journeytest.Must(t, j.Resume.Sweep(ctx))
				j.WantNoTrace(t, b)
			})
		})
	}
}

// failLoading has a store fail to load the draft with the given key.
func failLoading(store *journeytest.HookedStore, key string) {
	store.BeforeLoad = func(loaded string) error {
		if loaded == key {
			return errors.New("the store has failed")
		}
		return nil
	}
}

func TestNothingIsForgottenWhileTheStoreFails(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Reminded(t)
	store := j.HookDrafts(t)
	failLoading(store, b.Progress(t).Draft.Key)
	j.Pass(j.DraftTTL - time.Hour)
	if err := j.Resume.Remind(t.Context()); err == nil {
		t.Error("Remind succeeds though it cannot look")
	}
	j.Time = journeytest.Noon.Add(j.DraftTTL)
	if err := j.Resume.Sweep(t.Context()); err == nil {
		t.Error("Sweep succeeds though it cannot look")
	}
	j.Time = journeytest.Noon
	store.BeforeLoad = nil
	b.WantNext(t, "")
	j.WantCount(t, "mails WHERE kind = 'reminder'", 0)
}

// submitEarlier submits the draft of b as an earlier version did that was
// interrupted: the application is there, and nothing else has changed.
func submitEarlier(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	info := b.Progress(t).Info
	store := b.HookDrafts(t)
	store.BeforeDelete = func(string) error { return errors.New("the store has failed") }
	submit(t, b)
	store.BeforeDelete = nil
	journeytest.Must(t, b.Access.Cleared(t.Context(), info.Draft)) // an earlier version noted nothing
	journeytest.Must(t, b.Access.SetContactEmail(t.Context(), token.Digest(b.Session), info.Draft, info.ContactEmail, info.Lang))
	journeytest.Must(t, b.Access.SetAnsweredEmail(t.Context(), token.Digest(b.Session), info.Draft, info.AnsweredEmail))
	journeytest.Must(t, b.Access.SetExpiry(t.Context(), info.Draft, info.NotedAt, info.ExpiresAt))
	b.WantCount(t, "discarded_drafts", 0)
}

// TestThereIsNoReminderOfADraftThatAnEarlierVersionSubmitted: it is cleared, and its
// browser sees what became of it.
func TestThereIsNoReminderOfADraftThatAnEarlierVersionSubmitted(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Reminded(t)
		submitEarlier(t, b)
		j.Pass(j.DraftTTL - j.RemindBefore)
		j.WantReminders(t, 0)
		journeytest.Must(t, j.Confirm.ClearDiscarded(t.Context()))
		if left := j.KeptDrafts(t); len(left) > 0 {
			t.Errorf("the store still keeps the drafts %q", left)
		}
		if a := j.MustApplication(t, b.Session); a.State != member.Expired {
			t.Errorf("the application is %s, want to see that it has expired", a.State)
		}
	})
}

// TestSweepDiscardsDraftsThatAnEarlierVersionSubmitted, also where the store keeps
// something that was saved too late.
func TestSweepDiscardsDraftsThatAnEarlierVersionSubmitted(t *testing.T) {
	endings := map[string]func(*testing.T, *journeytest.Browser){
		"waiting":   func(*testing.T, *journeytest.Browser) {},
		"confirmed": func(t *testing.T, b *journeytest.Browser) { b.ConfirmNewest(t) },
		"expired":   func(_ *testing.T, b *journeytest.Browser) { b.Pass(b.WaitingTTL) },
	}
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b, other := j.Browser(j.Finished(t)), j.Begun(t)
				kept := other.Progress(t).Draft.Key
				j.Pass(j.DraftTTL - time.Hour)
				other.Open(t, "two").MustSave(t, wizard.Autosave, form.Answers{"pet": {"none"}})
				submitEarlier(t, b)
				end(t, b)
				b.SaveLate(t)
				j.Pass(time.Hour)
				journeytest.Must(t, j.Resume.Sweep(t.Context()))
				journeytest.Must(t, j.Confirm.ClearDiscarded(t.Context()))
				if left := j.KeptDrafts(t); !slices.Equal(left, []string{kept}) {
					t.Errorf("the store keeps the drafts %q, want %q, which was not submitted", left, kept)
				}
				j.WantCount(t, "discarded_drafts", 0)
				j.WantCount(t, "draft_access", 1)
				b.WantNoDraft(t)
				other.WantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}, "pet": {"none"}})
			})
		})
	}
}
