package resume_test

import (
	"fmt"
	"slices"
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

const victimEmail = "victim@example.ca"

// strangers returns browsers of a stranger with drafts that name the address of the
// victim: as the answer or, if later, as the address for mail.
func strangers(t *testing.T, j *journeytest.Journey, n int, later bool) (all []*journeytest.Browser) {
	t.Helper()
	for range n {
		email := victimEmail
		if later {
			email = "stranger@example.ca"
		}
		b := j.BegunWith(t, email)
		if later {
			b.MailLink(t, victimEmail)
		}
		all = append(all, b)
		j.Pass(time.Minute)
	}
	return all
}

// TestStrangersCannotPushADraftOutOfTheLetter has a stranger begin drafts with the address
// of a victim who has one, after it and before it.
func TestStrangersCannotPushADraftOutOfTheLetter(t *testing.T) {
	for name, later := range map[string]bool{"answered": false, "finish later": true} {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				strangers(t, j, 1, later)
				victim := j.BegunWith(t, victimEmail)
				j.Pass(time.Minute)
				strangers(t, j, 3, later)
				j.RequestLink(t, victimEmail)
				if found := draftsIn(t, j, j.Letter(t, mail.Resume)); !slices.Contains(found, victim.Progress(t).DraftID()) || len(found) != 5 {
					t.Errorf("the letter lists %d drafts, want all five, that of the victim among them", len(found))
				}
			}, withoutBudget)
		})
	}
}

// TestEndedDraftsTakeNoPlaceInTheLetter of those for which the address was proven.
func TestEndedDraftsTakeNoPlaceInTheLetter(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t, withoutBudget)
	b := j.BegunWith(t, victimEmail)
	want := j.Enter(t, j.ResumeLink(t, b.MailLink(t, victimEmail)), token.Secret()).Progress(t).DraftID()
	for i := range 20 {
		exec(t, j, `INSERT INTO draft_access (draft, proven, expires_at) SELECT $1, proven, expires_at + 60 FROM draft_access WHERE proven <> '' LIMIT 1`, fmt.Sprint("ended ", i))
	}
	j.BegunWith(t, "other@example.ca").MailLink(t, victimEmail)
	if found := draftsIn(t, j, j.Letter(t, mail.Resume)); !slices.Contains(found, want) {
		t.Errorf("the letter lists %q, want the draft that is still there among them", found)
	}
}

// TestProvenDraftsAreListedFirst, all of them, however many drafts strangers begin, in
// letters that were asked for and in those that strangers cause.
func TestProvenDraftsAreListedFirst(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		var want []string
		for range 4 {
			b := j.BegunWith(t, victimEmail)
			want = append([]string{j.Enter(t, j.ResumeLink(t, b.MailLink(t, victimEmail)), token.Secret()).Progress(t).DraftID()}, want...)
			j.Pass(time.Minute)
		}
		stranger := strangers(t, j, 60, false)[0]
		j.RequestLink(t, victimEmail)
		found := draftsIn(t, j, j.Letter(t, mail.Resume))
		if len(found) != len(want)+resume.MaxUnprovenListed || !slices.Equal(found[:len(want)], want) {
			t.Errorf("the letter lists %d drafts, %v first, want %v first and %d more", len(found), found[:len(want)], want, resume.MaxUnprovenListed)
		}
		journeytest.Must(t, j.SendLink(t.Context(), stranger.Session, victimEmail, i18n.English, ""))
		if got := draftsIn(t, j, j.Letter(t, mail.Resume)); !slices.Equal(got, append(want, stranger.Progress(t).DraftID())) {
			t.Errorf("a letter that a stranger caused lists %v, want %v and then theirs", got, want)
		}
	}, withoutBudget)
}

// TestTheDraftThatALetterWasAskedForIsListedFirst by the owner of the mailbox.
func TestTheDraftThatALetterWasAskedForIsListedFirst(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t, withoutBudget)
	var owned []*journeytest.Browser
	for range 2 {
		b := j.BegunWith(t, victimEmail)
		owned = append(owned, j.Enter(t, j.ResumeLink(t, b.MailLink(t, victimEmail)), token.Secret()))
		j.Pass(time.Minute)
	}
	journeytest.Must(t, j.SendLink(t.Context(), owned[0].Session, victimEmail, i18n.English, ""))
	want := []string{owned[0].Progress(t).DraftID(), owned[1].Progress(t).DraftID()}
	if got := draftsIn(t, j, j.Letter(t, mail.Resume)); !slices.Equal(got, want) {
		t.Errorf("the letter lists %v, want %v", got, want)
	}
}

// TestAStrangerIsShutOutOnceTheVictimComesIn plays what a stranger can try with a draft of
// theirs that a victim opens by a letter, and fills in.
func TestAStrangerIsShutOutOnceTheVictimComesIn(t *testing.T) {
	for name, later := range map[string]bool{"answered": false, "finish later": true} {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				stranger := strangers(t, j, 1, later)[0]
				if !later {
					stranger.MailLink(t, "stranger@example.ca")
				}
				read, err := j.Progress(t.Context(), stranger.Session) // by requests that are under way
				journeytest.Must(t, err)
				j.RequestLink(t, victimEmail)
				victim := j.Enter(t, j.ResumeLink(t, j.ResumeToken(t)), token.Secret())
				before := len(j.Queued(t, mail.Resume))
				j.RequestLink(t, "stranger@example.ca")
				victim.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {victimEmail}, "lang": {"en"}})
				stranger.WantClosed(t)

				journeytest.WantError(t, "SendLink", j.Resume.SendLink(t.Context(), read, "stranger@example.ca", i18n.English, ""), wizard.ErrNoDraft)
				journeytest.WantError(t, "CreateHandoff", j.Resume.CreateHandoff(t.Context(), read, i18n.English), wizard.ErrNoDraft)
				journeytest.WantError(t, "Delete", j.Delete(t.Context(), stranger.Session), nil) // of nothing
				j.RequestLink(t, "stranger@example.ca")
				if letters := j.Queued(t, mail.Resume); len(letters) != before {
					t.Errorf("the stranger is sent %q", letters[0].Text)
				}
				victim.WantTyped(t, form.Answers{"mail": {victimEmail}, "lang": {"en"}})
				if info := victim.Progress(t).Info; info.ContactEmail == "stranger@example.ca" || info.AnsweredEmail != victimEmail {
					t.Errorf("letters about the draft go to %+v", info)
				}
			}, withoutBudget)
		})
	}
}
