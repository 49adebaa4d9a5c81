package resume_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/wizard"
)

func TestOneReminderIsWrittenBeforeTheEnd(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Reminded(t)
		j.Pass(j.DraftTTL - j.RemindBefore - time.Second)
		j.WantReminders(t, 0)
		j.Pass(time.Second)
		woken := countWakes(t, j)
		j.WantReminders(t, 1)
		l := j.Letter(t, mail.Reminder)
		if l.To != "Zoe@example.ca" || l.Lang != i18n.French || l.Topic != b.Progress(t).Draft.Key || *woken != 1 {
			t.Errorf("the letter is to %s in %s, and the queue was woken %d times", l.To, l.Lang, *woken)
		}
		j.Pass(j.RemindBefore - time.Second)
		j.WantReminders(t, 1)
		j.Pass(time.Second)
		j.WantReminders(t, 1)
	})
}

// TestAReminderIsWrittenUpToTheEnd, when nothing was looked at before.
func TestAReminderIsWrittenUpToTheEnd(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		j.Reminded(t)
		j.Pass(j.DraftTTL - time.Second)
		j.WantReminders(t, 1)
	})
}

func TestTheLinksOfAReminderContinueAndDelete(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Reminded(t)
		j.Pass(j.DraftTTL - j.RemindBefore)
		j.WantReminders(t, 1)
		found := journeytest.Tokens(j.Letter(t, mail.Reminder), journeytest.ResumePath)
		if len(found) != 2 || found[1] != found[0]+"/delete" {
			t.Fatalf("the letter has the links %q, want one to continue and one to delete", found)
		}
		j.Pass(j.RemindBefore - time.Second) // longer than LinkTTL
		link := j.ResumeLink(t, found[0])
		journeytest.WantSameDraft(t, j.Enter(t, link, "submission"), b)
		journeytest.Must(t, j.Resume.DeleteByLink(t.Context(), link))
		j.WantNoTrace(t, b)
		j.WantResumeLink(t, found[0], resume.Mistyped)
	})
}

func TestThereIsNoReminderOfADraftThatHasEnded(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Reminded(t)
		j.Pass(j.DraftTTL)
		j.WantReminders(t, 0)
		j.WantNoTrace(t, b)
	})
}

func TestSomeOwnersAreNotReminded(t *testing.T) {
	tests := map[string]func(*testing.T, *journeytest.Browser){
		"no mail was asked for": func(t *testing.T, b *journeytest.Browser) { deleteDraft(t, b); b.Session = b.Begun(t).Session },
		"submitted":             submit,
		"confirmed":             func(t *testing.T, b *journeytest.Browser) { submit(t, b); b.ConfirmNewest(t) },
		"submitted, and not confirmed in time": func(t *testing.T, b *journeytest.Browser) {
			submit(t, b)
			b.Pass(b.WaitingTTL)
			journeytest.Must(t, b.Confirm.Expire(t.Context()))
		},
		"deleted": deleteDraft,
		"no reminders": func(t *testing.T, b *journeytest.Browser) {
			b.Change(t, func(s *journeytest.Setup) { s.RemindBefore = 0 })
		},
	}
	for name, then := range tests {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				then(t, j.Reminded(t))
				for j.Time.Before(journeytest.Noon.Add(2 * j.DraftTTL)) {
					j.Pass(24 * time.Hour)
					j.WantReminders(t, 0)
				}
			})
		})
	}
}

func TestASaveMovesTheReminder(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Reminded(t)
		j.Pass(j.DraftTTL - j.RemindBefore - time.Hour)
		b.Open(t, "two").MustSave(t, wizard.Autosave, form.Answers{"pet": {"cat"}})
		saved := j.Time
		j.Pass(2 * time.Hour)
		j.WantReminders(t, 0)
		j.Time = saved.Add(j.DraftTTL - j.RemindBefore - time.Second)
		j.WantReminders(t, 0)
		j.Time = saved.Add(j.DraftTTL - j.RemindBefore)
		j.WantReminders(t, 1)
	})
}

func TestThereIsNoSecondReminder(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Reminded(t)
		j.Pass(j.DraftTTL - j.RemindBefore)
		j.WantReminders(t, 1)
		for range 3 { // it is saved again, and mail asked for again
			j.Pass(time.Hour)
			b.Open(t, "two").MustSave(t, wizard.Continue, nil)
			b.MailLink(t, "Zoe@example.ca")
			j.Pass(j.DraftTTL - 2*time.Hour)
			j.WantReminders(t, 1)
		}
	})
}

// Mail is in the language that was chosen in the form, not in that of the page.
func TestAReminderGoesToWhereMailWasAskedForLast(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Reminded(t)
	journeytest.Must(t, j.SendLink(t.Context(), b.Session, "new@example.ca", i18n.English, ""))
	j.Pass(j.DraftTTL - j.RemindBefore)
	j.WantReminders(t, 1)
	if l := j.Letter(t, mail.Reminder); l.To != "new@example.ca" || l.Lang != i18n.French {
		t.Errorf("the reminder is to %s in %s, want it to new@example.ca in French", l.To, l.Lang)
	}
}

func TestRemindersAtTheSameTimeMakeOneLetter(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Reminded(t)
		j.Pass(j.DraftTTL - j.RemindBefore)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if err := j.Resume.Remind(t.Context()); err != nil {
					t.Errorf("Remind: %v", err)
				}
			})
		}
		all.Wait()
		j.WantReminders(t, 1)
		j.WantCount(t, "grants", 2)
		deleteDraft(t, b)
		if left := j.Queued(t, mail.Reminder); len(left) > 0 {
			t.Error("the letter that waits was not cancelled with the draft")
		}
	})
}

// TestManyDraftsMakeFewReminders has a stranger begin drafts whose mail goes to the
// address of another person.
func TestManyDraftsMakeFewReminders(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	for range 10 {
		journeytest.Must(t, j.SendLink(t.Context(), j.Begun(t).Session, "victim@example.ca", i18n.English, ""))
	}
	for j.Time.Before(journeytest.Noon.Add(j.DraftTTL)) {
		j.Pass(time.Hour)
		journeytest.Must(t, j.Resume.Remind(t.Context()))
	}
	j.WantCount(t, "mails WHERE kind = 'reminder'", 2*j.Limits.PerAddress.Max) // half of them an hour later
}

// TestRemindersLeaveRoomForConfirmations and come later, each of them.
func TestRemindersLeaveRoomForConfirmations(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	for i := range 6 {
		journeytest.Must(t, j.SendLink(t.Context(), j.Begun(t).Session, fmt.Sprint("zoe", i, "@example.ca"), i18n.English, ""))
	}
	j.Limits.Total = mail.Budget{Max: 4, Per: time.Hour}
	j.Pass(j.DraftTTL - j.RemindBefore)
	journeytest.WantError(t, "Remind", j.Resume.Remind(t.Context()), mail.ErrFull)
	j.WantCount(t, fmt.Sprint("mails WHERE kind = 'reminder' AND planned <= ", j.Time.Unix()), 2)
	j.WantCount(t, "mails WHERE kind = 'reminder'", 4) // two wait
	j.MustSubmit(t, j.FinishedAs(t, "ann@example.ca"))
	j.WantCount(t, fmt.Sprint("mails WHERE kind = 'confirm' AND planned <= ", j.Time.Unix()), 1)
	for range 3 {
		j.Pass(time.Hour + time.Second)
		journeytest.Must(t, j.Resume.Remind(t.Context()))
	}
	j.WantCount(t, "mails WHERE kind = 'reminder'", 6)
}

// TestADraftThatCannotBeReadHoldsUpNoReminder of another.
func TestADraftThatCannotBeReadHoldsUpNoReminder(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	unreadable := j.Reminded(t).Progress(t).Draft.Key
	j.Pass(time.Minute)
	j.Browser(j.Finished(t)).MailLink(t, "ann@example.ca")
	failLoading(j.HookDrafts(t), unreadable)
	j.Pass(j.DraftTTL - j.RemindBefore)
	if err := j.Resume.Remind(t.Context()); err == nil {
		t.Error("Remind does not say that a draft cannot be read")
	}
	if l := j.Letter(t, mail.Reminder); l.To != "ann@example.ca" {
		t.Errorf("the reminder goes to %s", l.To)
	}
}
