package resume_test

import (
	"strings"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/token"
	"joinery/app/wizard"
)

// TestALinkToADraftWorksAfterAnOutage that was longer than the life of a link. The times
// in the letter are those of the attempt.
func TestALinkToADraftWorksAfterAnOutage(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		s, b := j.MailServer(), j.Begun(t)
		s.Down = true
		journeytest.Must(t, j.SendLink(t.Context(), b.Session, "zoe@example.ca", i18n.English, ""))
		s.DeliverAll(t)
		j.Pass(2 * j.LinkTTL)
		s.Down = false
		s.DeliverAll(t)
		if len(s.Got) != 1 {
			t.Fatalf("%d letters have come, want one", len(s.Got))
		}
		if says := i18n.T(i18n.English, "mail.resume.until", i18n.Until(i18n.English, j.Time.Add(j.LinkTTL), j.Time)); !strings.Contains(s.Got[0].Text, says) {
			t.Errorf("the letter does not say %q:\n%s", says, s.Got[0].Text)
		}
		secret := journeytest.Tokens(s.Got[0], journeytest.ResumePath)[0]
		j.Pass(j.LinkTTL - time.Second)
		j.WantResumeLink(t, secret, resume.Open)
		j.Pass(time.Second)
		j.WantResumeLink(t, secret, resume.Late)
	})
}

// TestAReminderTellsTheTimesOfItsAttempt after the draft was saved once more.
func TestAReminderOfADraftThatWasSavedSinceComesLater(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Reminded(t)
	s := j.MailServer()
	s.DeliverAll(t)
	s.Got = nil
	j.Pass(j.DraftTTL - j.RemindBefore)
	j.WantReminders(t, 1)
	j.Pass(time.Hour)
	b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}})
	saved := j.Time
	s.DeliverAll(t)
	if len(s.Got) > 0 {
		t.Errorf("a reminder is sent of a draft that was just saved:\n%s", s.Got[0].Text)
	}
	j.Pass(j.DraftTTL - j.RemindBefore)
	journeytest.Must(t, j.Resume.Remind(t.Context()))
	s.DeliverAll(t)
	if says := i18n.T(i18n.French, "mail.reminder.why", i18n.Until(i18n.French, saved.Add(j.DraftTTL), j.Time)); len(s.Got) != 1 || !strings.Contains(s.Got[0].Text, says) {
		t.Fatalf("the letters are %v, want one that says %q", s.Got, says)
	}
	j.Pass(j.RemindBefore - time.Second)
	j.WantResumeLink(t, journeytest.Tokens(s.Got[0], journeytest.ResumePath)[0], resume.Open)
}

// TestALetterAboutADraftThatHasEndedIsNotSent ends the draft of each kind of letter while
// another part of the program has its order already, so that nothing cancels it.
func TestALetterAboutADraftThatHasEndedIsNotSent(t *testing.T) {
	for ending, end := range map[string]func(t *testing.T, j *journeytest.Journey, b *journeytest.Browser, l mail.Letter){
		"it goes on": func(*testing.T, *journeytest.Journey, *journeytest.Browser, mail.Letter) {},
		"it was submitted": func(t *testing.T, j *journeytest.Journey, b *journeytest.Browser, _ mail.Letter) {
			j.MustSubmit(t, b.Session)
		},
		"it was deleted": func(t *testing.T, j *journeytest.Journey, b *journeytest.Browser, _ mail.Letter) {
			journeytest.Must(t, j.Delete(t.Context(), b.Session))
		},
		"its time is over": func(_ *testing.T, j *journeytest.Journey, _ *journeytest.Browser, _ mail.Letter) {
			j.Pass(2 * j.DraftTTL)
		},
		"it was forgotten": func(t *testing.T, j *journeytest.Journey, _ *journeytest.Browser, _ mail.Letter) {
			j.Pass(2 * j.DraftTTL)
			j.Tidy(t)
		},
		"mail goes elsewhere": func(t *testing.T, j *journeytest.Journey, b *journeytest.Browser, _ mail.Letter) {
			journeytest.Must(t, j.Access.SetContactEmail(t.Context(), token.Digest(b.Session), b.Progress(t).Draft.Key, "other@example.ca", i18n.French))
		},
		"its link was used": func(t *testing.T, j *journeytest.Journey, _ *journeytest.Browser, l mail.Letter) {
			j.Enter(t, j.ResumeLink(t, journeytest.Tokens(l, journeytest.ResumePath)[0]), "submission")
		},
	} {
		for _, kind := range []mail.Kind{mail.Resume, mail.Reminder} {
			t.Run(string(kind)+", "+ending, func(t *testing.T) {
				t.Parallel()
				j := journeytest.New(t)
				b := j.Reminded(t)
				if kind == mail.Reminder {
					j.Pass(j.DraftTTL - j.RemindBefore)
					journeytest.Must(t, j.Resume.Remind(t.Context()))
				}
				l := j.Letter(t, kind)
				end(t, j, b, l)
				j.Requeue(t, l.Order)
				s := j.MailServer()
				s.DeliverAll(t)
				if ended := ending != "it goes on"; (len(s.Got) == 0) != ended {
					t.Errorf("%d letters were sent, although it has ended: %t", len(s.Got), ended)
				}
				j.WantCount(t, "mails WHERE state = 'waiting' OR topic <> '' OR sealed <> ''", 0)
			})
		}
	}
}

// TestALetterLeavesOutTheDraftsThatHaveEnded of several.
func TestALetterLeavesOutTheDraftsThatHaveEnded(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	first, second := j.BegunWith(t, "zoe@example.ca"), j.BegunWith(t, "zoe@example.ca")
	j.RequestLink(t, "zoe@example.ca")
	journeytest.Must(t, j.Delete(t.Context(), first.Session))
	s := j.MailServer()
	s.DeliverAll(t)
	if len(s.Got) != 1 {
		t.Fatalf("%d letters have come, want one", len(s.Got))
	}
	tokens := journeytest.Tokens(s.Got[0], journeytest.ResumePath)
	if len(tokens) != 1 {
		t.Fatalf("the letter has %d links, want one", len(tokens))
	}
	journeytest.WantSameDraft(t, j.Enter(t, j.ResumeLink(t, tokens[0]), "submission"), second)
}

// exec changes the file of members behind the back of the stores.
func exec(t *testing.T, j *journeytest.Journey, query string, args ...any) {
	t.Helper()
	_, err := j.File.Write().ExecContext(t.Context(), query, args...)
	journeytest.Must(t, err)
}
