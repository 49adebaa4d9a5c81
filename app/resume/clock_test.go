package resume_test

import (
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/wizard"
)

// jumps are what a clock may do, in either order.
var jumps = map[string][]time.Duration{
	"an hour back":               {-time.Hour},
	"an hour forward":            {time.Hour},
	"an hour back and forward":   {-time.Hour, time.Hour},
	"an hour forward and back":   {time.Hour, -time.Hour},
	"three hours, one at a time": {time.Hour, time.Hour, time.Hour},
}

func TestTheClockJumpsWhileADraftIsFilledIn(t *testing.T) {
	for name, jumps := range jumps {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.Begun(t)
				token, p := b.MailLink(t, "zoe@example.ca"), b.Open(t, "two")
				for _, jump := range jumps {
					j.Pass(jump)
					j.Tidy(t)
					p.MustSave(t, wizard.Autosave, form.Answers{"pet": {"cat"}, "petname": {j.Time.String()}})
					if got := b.Progress(t).Draft; !got.Saved.Equal(j.Time) || b.Open(t, "two").Answers.First("petname") != j.Time.String() {
						t.Errorf("what was saved at %s is %+v", j.Time, got)
					}
					j.WantResumeLink(t, token, resume.Open)
				}
				p.MustSave(t, wizard.Continue, nil)
				entered := j.Enter(t, j.ResumeLink(t, token), "submission")
				journeytest.WantSameDraft(t, entered, b)
				b = entered
				journeytest.WantSameDraft(t, b.Beside(t), b)
				j.MustSubmit(t, b.Session)
				j.Tidy(t)
				j.ConfirmNewest(t)
				j.WantCount(t, "mails WHERE kind = 'reminder'", 0)
			}, withoutBudget)
		})
	}
}

// withoutBudget lets any number of letters go to one address.
func withoutBudget(s *journeytest.Setup) { s.Limits.PerAddress = mail.Budget{} }

// TestTheClockJumpsAroundAReminder has the clock cross the time of the reminder
// several times.
func TestTheClockJumpsAroundAReminder(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Reminded(t)
		j.Time = journeytest.Noon.Add(j.DraftTTL - j.RemindBefore - time.Minute)
		j.Tidy(t)
		j.WantCount(t, "mails WHERE kind = 'reminder'", 0)
		for _, jump := range []time.Duration{time.Hour, -time.Hour, time.Hour, -2 * time.Hour, 3 * time.Hour} {
			j.Pass(jump)
			j.Tidy(t)
			j.WantCount(t, "mails WHERE kind = 'reminder'", 1)
		}
		b.WantNext(t, "")
	})
}

func TestLinksAndCodesGoByTheClock(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		token, code := b.MailLink(t, "zoe@example.ca"), b.HandoffCode(t)
		for _, at := range []struct {
			after      time.Duration
			link, code resume.Status
		}{
			{-time.Hour, resume.Open, resume.Open},
			{time.Minute, resume.Open, resume.Open},
			{time.Hour, resume.Open, resume.Late},
			{25 * time.Hour, resume.Late, resume.Late},
			{time.Hour, resume.Open, resume.Late},
			{time.Minute, resume.Open, resume.Open},
		} {
			j.Time = journeytest.Noon.Add(at.after)
			j.WantResumeLink(t, token, at.link)
			j.WantHandoffCode(t, "phone", code, at.code, 0)
		}
	})
}

// TestTheClockJumpsBackWhileCodesAreTyped makes guessing no easier, and no code is
// refused for longer than it would have lasted.
func TestTheClockJumpsBackWhileCodesAreTyped(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	code := b.HandoffCode(t)
	for i := range resume.DeviceAttempts {
		j.Pass(-time.Hour)
		j.WantHandoffCode(t, "phone", "AAAA AAAA", resume.Mistyped, resume.DeviceAttempts-1-i)
	}
	j.Pass(-time.Hour)
	j.WantHandoffCode(t, "phone", "AAAA AAAA", resume.Mistyped, 0)
	j.Time = journeytest.Noon
	j.WantHandoffCode(t, "phone", code, resume.Open, 0) // the attempts are hours ago
}

func TestAfter400DaysAllHasEndedAndAFreshStartWorks(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b, submitted := j.Reminded(t), j.Browser(j.Submitted(t))
		token, code, confirmToken := b.MailLink(t, "zoe@example.ca"), b.HandoffCode(t), j.ConfirmToken(t)
		p := b.Open(t, "two")
		j.Pass(400 * 24 * time.Hour)
		j.WantResumeLink(t, token, resume.Gone)
		j.WantHandoffCode(t, "phone", code, resume.Gone, 0)
		b.WantNoDraft(t)
		submitted.WantNoDraft(t)
		_, err := p.Save(t, wizard.Autosave, nil)
		journeytest.WantError(t, "an autosave", err, wizard.ErrDraftGone)
		for range 2 {
			j.Tidy(t)
		}
		j.WantCount(t, "mails WHERE kind = 'reminder'", 0)
		j.WantCount(t, "members", 0)
		for _, table := range []string{"draft_access", "sessions", "grants", "attempts", "discarded_drafts"} {
			j.WantCount(t, table, 0)
		}
		j.WantResumeLink(t, token, resume.Mistyped)
		j.WantHandoffCode(t, "phone", code, resume.Mistyped, 4)
		j.WantConfirmLink(t, confirmToken, confirm.Gone)
		if result := p.MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}}); !result.NewDraft {
			t.Errorf("Save = %+v, want a fresh start", result)
		}
		b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
		j.MustSubmit(t, b.Session)
		j.ConfirmNewest(t)
		j.WantCount(t, "members", 1)
	})
}

// TestTheClockComesBackFrom400Days has it set right after a while. A draft that was
// begun meanwhile is kept for long.
func TestTheClockComesBackFrom400Days(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Reminded(t)
		j.Pass(400 * 24 * time.Hour)
		j.Time = journeytest.Noon.Add(time.Hour) // nothing was swept yet
		b.WantNext(t, "")
		j.Pass(400 * 24 * time.Hour)
		future := j.Begun(t)
		j.Time = journeytest.Noon.Add(2 * time.Hour)
		j.Tidy(t)
		future.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}})
		journeytest.Must(t, j.SaveConsents(t.Context(), future.Session, []string{"news"}))
		j.MustSubmit(t, future.Session)
		j.ConfirmNewest(t)
		j.Pass(j.DraftTTL)
		j.Tidy(t)
		j.WantCount(t, "draft_access", 0)
	})
}

// TestADraftBegunByAClockThatWasAheadEndsInTime once it was saved by a clock that
// is right.
func TestADraftBegunByAClockThatWasAheadEndsInTime(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Pass(400 * 24 * time.Hour)
	b := j.Reminded(t)
	j.Pass(-400 * 24 * time.Hour)
	b.Open(t, "two").MustSave(t, wizard.Continue, nil)
	j.Pass(j.DraftTTL - j.RemindBefore)
	j.WantReminders(t, 1)
}
