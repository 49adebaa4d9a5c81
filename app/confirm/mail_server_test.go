package confirm_test

import (
	"slices"
	"testing"

	"joinery/app/journeytest"
	"joinery/app/mail"
)

// TestOneLetterArrivesAfterTheMailServerWasDown though several were asked for
// meanwhile.
func TestOneLetterArrivesAfterTheMailServerWasDown(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		s := j.MailServer()
		s.Down = true
		session := j.Submitted(t)
		for range 4 {
			s.DeliverAll(t)
			if c := j.Confirmation(t, session); c.State != mail.Deferred || !c.At.After(j.Time) {
				t.Errorf("the letter is %q, and tried again at %v, want it deferred", c.State, c.At)
			}
			j.Resend(t, session)
			if c := j.Confirmation(t, session); c.State != mail.Queued {
				t.Errorf("the fresh letter is %q, want it queued", c.State)
			}
		}
		s.Down = false
		newest := j.ConfirmToken(t)
		s.DeliverAll(t)
		if c := j.Confirmation(t, session); c.State != mail.Accepted || !c.At.Equal(j.Time) {
			t.Errorf("the letter is %q at %v, want it accepted now", c.State, c.At)
		}
		if len(s.Got) != 1 || !slices.Equal(journeytest.Tokens(s.Got[0], journeytest.ConfirmPath), []string{newest}) {
			t.Fatalf("%d letters have arrived, want the newest alone", len(s.Got))
		}
		journeytest.Must(t, j.Confirm.Confirm(t.Context(), j.ConfirmLink(t, newest), ""))
		s.DeliverAll(t)
		if len(s.Got) != 2 || s.Got[1].Kind != mail.Welcome {
			t.Errorf("%d letters have arrived, want the welcome after the first", len(s.Got))
		}
	})
}

// TestAnApplicationThatHasEndedAsksForNothing ends one whose letter still waits.
func TestAnApplicationThatHasEndedAsksForNothing(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, j *journeytest.Journey, session string){
		"confirmed": func(t *testing.T, j *journeytest.Journey, _ string) { j.ConfirmNewest(t) },
		"withdrawn": func(t *testing.T, j *journeytest.Journey, session string) {
			journeytest.Must(t, j.Members.Withdraw(t.Context(), j.MustApplication(t, session).ID, j.Time))
		},
		"expired": func(t *testing.T, j *journeytest.Journey, _ string) {
			j.Pass(j.WaitingTTL + 1)
			journeytest.Must(t, j.Confirm.Expire(t.Context()))
		},
		"corrected": func(t *testing.T, j *journeytest.Journey, session string) {
			journeytest.Must(t, j.StartCorrection(t.Context(), session))
			j.Pass(2 * j.Limits.PerAddress.Per)
			j.MustSubmit(t, session)
			j.ConfirmNewest(t)
		},
	} {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				session := j.Submitted(t)
				j.Resend(t, session)
				end(t, j, session)
				j.WantCount(t, "mails WHERE kind = 'confirm' AND (state = 'waiting' OR topic <> '' OR sealed <> '')", 0)
				j.WantCount(t, "applications WHERE state = 'waiting' OR email_digest <> '' OR content <> ''", 0)
				j.WantCount(t, "links WHERE letter <> '' OR code_hash <> '' OR pending_choice <> '' OR chosen_at <> 0", 0)
				s := j.MailServer()
				s.DeliverAll(t)
				for _, l := range s.Got {
					if l.Kind == mail.Confirm {
						t.Errorf("a letter still asks %s for confirmation", l.To)
					}
				}
			})
		})
	}
}
