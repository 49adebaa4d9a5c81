package confirm_test

import (
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/member"
)

// wantChangedEmail wants the application that the browsers wait for to be as was, but
// from the new address, and alone; its letter to go there; and the link of the
// letter before to say so.
func wantChangedEmail(t *testing.T, j *journeytest.Journey, was member.Application, old string, sessions ...string) {
	t.Helper()
	for _, session := range sessions {
		a := j.MustApplication(t, session)
		if a.State != member.Waiting || a.Email != "right@example.ca" || !a.Sent.Equal(j.Time) || a.ID == was.ID {
			t.Errorf("the application is %+v, want another one of right@example.ca, waiting since now", a)
		}
		if !reflect.DeepEqual(a.Consents, was.Consents) || a.Lang != was.Lang || a.Form != was.Form {
			t.Errorf("it has become\n%+v, want what it was but for the address\n%+v", a, was)
		}
		want := form.Answers{"mail": {"right@EXAMPLE.ca"}, "lang": {"fr"}, "pet": {"none"}}
		if !reflect.DeepEqual(a.Answers, want) {
			t.Errorf("the answers are %v, want %v", a.Answers, want)
		}
		if l := j.ConfirmLink(t, j.ConfirmToken(t)); l.Status != confirm.Open || l.Recipient() != "right@example.ca" || !j.Owns(t.Context(), session, l) {
			t.Errorf("the newest link is %s, of %s, want it open and of this browser", l.Status, l.Recipient())
		}
	}
	wantReplaced(t, j, old)
	j.WantCount(t, "applications", 2)
	j.WantCount(t, "mails WHERE address_key = '"+j.AddressKey("right@example.ca")+"' AND state = 'waiting'", 1)
	j.WantCount(t, "mails WHERE address_key <> '"+j.AddressKey("right@example.ca")+"' AND state = 'waiting'", 0)
}

func TestAChangedAddressKeepsEverythingElse(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		other := b.Beside(t)
		problems, err := j.Submit(t.Context(), b.Session, []string{"keep", "news"}, i18n.French, "")
		if err != nil || len(problems) > 0 {
			t.Fatalf("Submit: %v, %v", problems, err)
		}
		was, old := j.MustApplication(t, b.Session), j.ConfirmToken(t)
		j.Pass(time.Hour)
		woken := 0
		j.Change(t, func(s *journeytest.Setup) { s.Wake = func() { woken++ } })
		journeytest.Must(t, j.ChangeEmail(t.Context(), b.Session, "right@EXAMPLE.ca", "network"))
		wantChangedEmail(t, j, was, old, b.Session, other.Session)
		j.WantCount(t, "mails WHERE network <> ''", 1)
		if woken != 1 {
			t.Errorf("the queue was woken %d times, want once", woken)
		}
		j.ConfirmNewest(t)
		j.WantCount(t, "members WHERE email = 'right@example.ca'", 1)
	})
}

// TestTheAddressCanBeChangedOnceMore, and back.
func TestTheAddressCanBeChangedOnceMore(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	for _, typed := range []string{"wrong@example.ca", "Zoe@Hospital.EXAMPLE", "right@example.ca"} {
		journeytest.Must(t, j.ChangeEmail(t.Context(), session, typed, ""))
	}
	j.WantCount(t, "applications WHERE state = 'waiting'", 1)
	j.WantCount(t, "mails WHERE state = 'waiting'", 1)
	j.ConfirmNewest(t)
	j.WantCount(t, "members WHERE email = 'right@example.ca'", 1)
}

func TestTheSameAddressChangesNothing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	was, token := j.MustApplication(t, session), j.ConfirmToken(t)
	for _, typed := range []string{"Zoe@hospital.example", "Zoe@HOSPITAL.example"} {
		journeytest.Must(t, j.ChangeEmail(t.Context(), session, typed, ""))
	}
	if a := j.MustApplication(t, session); !reflect.DeepEqual(a, was) {
		t.Errorf("the application has become\n%+v, want what it was\n%+v", a, was)
	}
	j.WantConfirmLink(t, token, confirm.Open)
	j.WantCount(t, "mails", 1)
}

func TestTheAddressOfWhatDoesNotWaitCannotBeChanged(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	confirmed := j.Submitted(t)
	j.ConfirmNewest(t)
	overdue := j.Submitted(t)
	corrected := j.Submitted(t)
	journeytest.Must(t, j.StartCorrection(t.Context(), corrected))
	j.Pass(j.WaitingTTL)
	for _, session := range []string{"", "made up", j.Begun(t).Session, confirmed, overdue, corrected} {
		journeytest.WantError(t, "ChangeEmail", j.ChangeEmail(t.Context(), session, "right@example.ca", ""), confirm.ErrNoApplication)
	}
	waiting := j.Submitted(t)
	for _, typed := range []string{"", "right", "a@example.ca, b@example.ca", "Zoe <a@example.ca>"} {
		if err := j.ChangeEmail(t.Context(), waiting, typed, ""); err == nil {
			t.Errorf("%q is taken for an address", typed)
		}
	}
	for _, address := range []string{"right@example.ca", "a@example.ca", "b@example.ca"} {
		j.WantCount(t, "mails WHERE address_key = '"+j.AddressKey(address)+"'", 0)
	}
}

func TestSeveralBrowsersThatChangeTheAddressAtTheSameTimeChangeItOnce(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		sessions := []string{b.Session, b.Beside(t).Session}
		j.MustSubmit(t, b.Session)
		was, old := j.MustApplication(t, b.Session), j.ConfirmToken(t)
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				if err := j.ChangeEmail(t.Context(), sessions[i%2], "right@EXAMPLE.ca", ""); err != nil {
					t.Errorf("ChangeEmail: %v", err)
				}
			})
		}
		all.Wait()
		wantChangedEmail(t, j, was, old, sessions...)
	})
}

// TestTheAddressIsNotChangedOnceItIsConfirmed has a page act on an application that it
// read before the confirmation.
func TestTheAddressIsNotChangedOnceItIsConfirmed(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	read := j.MustApplication(t, session)
	j.ConfirmNewest(t)
	journeytest.WantError(t, "ChangeEmail of what was read", j.Confirm.ChangeEmail(t.Context(), read, read.Draft, "right@example.ca", ""), confirm.ErrNoApplication)
	journeytest.WantError(t, "ChangeEmail", j.ChangeEmail(t.Context(), session, "right@example.ca", ""), confirm.ErrNoApplication)
	j.WantCount(t, "applications", 1)
	j.WantCount(t, "mails WHERE address_key = '"+j.AddressKey("right@example.ca")+"'", 0)
}

// TestOneBrowserConfirmsWhileAnotherChangesTheAddress at the same time: whichever comes
// first, there is one application that waits, or one member, or both after each
// other.
func TestOneBrowserConfirmsWhileAnotherChangesTheAddress(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		for range 5 {
			session := j.Submitted(t)
			l := j.ConfirmLink(t, j.ConfirmToken(t))
			var all sync.WaitGroup
			all.Go(func() {
				if err := j.Confirm.Confirm(t.Context(), l, ""); err != nil {
					t.Errorf("Confirm: %v", err)
				}
			})
			all.Go(func() {
				if err := j.ChangeEmail(t.Context(), session, "right@example.ca", ""); err != nil && !errors.Is(err, confirm.ErrNoApplication) {
					t.Errorf("ChangeEmail: %v", err)
				}
			})
			all.Wait()
			switch a := j.MustApplication(t, session); a.State {
			case member.Confirmed:
				j.WantCount(t, "applications WHERE state = 'waiting'", 0)
			case member.Waiting:
				j.WantCount(t, "applications WHERE state = 'waiting'", 1)
				if a.Email != "right@example.ca" {
					t.Errorf("the letter goes to %s", a.Email)
				}
				journeytest.Must(t, j.Members.Withdraw(t.Context(), a.ID, j.Time))
			default:
				t.Errorf("the application is %s", a.State)
			}
			j.Pass(2 * time.Hour)
		}
	})
}

// TestALetterToTheWrongAddressIsNotSentAnyMore, but a letter that was sent is not
// called back.
func TestALetterToTheWrongAddressIsNotSentAnyMore(t *testing.T) {
	t.Parallel()
	for _, sent := range []bool{false, true} {
		j := journeytest.New(t)
		server := j.MailServer()
		session := j.Submitted(t)
		if sent {
			server.DeliverAll(t)
		}
		journeytest.Must(t, j.ChangeEmail(t.Context(), session, "right@example.ca", ""))
		server.DeliverAll(t)
		want := []string{"right@example.ca"}
		if sent {
			want = []string{"Zoe@hospital.example", "right@example.ca"}
		}
		if !reflect.DeepEqual(server.To, want) {
			t.Errorf("letters have gone to %q, want %q", server.To, want)
		}
	}
}

// TestTheAddressOfACorrectionThatWasBegunElsewhereIsNotChanged on a page that was open
// before another browser began to correct the answers.
func TestTheAddressOfACorrectionThatWasBegunElsewhereIsNotChanged(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		other := b.Beside(t)
		j.MustSubmit(t, b.Session)
		journeytest.Must(t, j.StartCorrection(t.Context(), other.Session))
		journeytest.WantError(t, "ChangeEmail", j.ChangeEmail(t.Context(), b.Session, "right@example.ca", ""), confirm.ErrNoApplication)
		b.WantTyped(t, answered)
		j.WantCount(t, "mails WHERE kind = 'confirm'", 1)
	})
}
