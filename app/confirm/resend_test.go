package confirm_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
)

// TestThePausesBetweenLettersGrow asks a second too soon, and in time.
func TestThePausesBetweenLettersGrow(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		j.Limits.PerAddress = mail.Budget{}
		session := j.Submitted(t)
		for i, minutes := range []time.Duration{1, 5, 10, 20, 20} {
			next := j.Time.Add(minutes * time.Minute)
			if got := j.Confirmation(t, session).NextAllowed; !got.Equal(next) {
				t.Fatalf("after %d letters another one can be asked for at %v, want %v", i+1, got, next)
			}
			j.Time = next.Add(-time.Second)
			journeytest.WantError(t, "too soon ResendConfirmation", j.ResendConfirmation(t.Context(), session, ""), confirm.ErrTooSoon)
			j.WantCount(t, "mails", i+1)
			j.Time = next
			journeytest.Must(t, j.ResendConfirmation(t.Context(), session, ""))
			j.WantCount(t, "mails", i+2)
			j.WantCount(t, "links", i+2)
		}
	})
}

func TestSeveralBrowsersThatAskAtTheSameTimeGetOneLetter(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		sessions := []string{b.Session, b.Beside(t).Session}
		j.MustSubmit(t, b.Session)
		token := j.ConfirmToken(t)
		j.Pass(time.Minute)
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				if err := j.ResendConfirmation(t.Context(), sessions[i%2], ""); err != nil && !errors.Is(err, confirm.ErrTooSoon) {
					t.Errorf("ResendConfirmation: %v", err)
				}
			})
		}
		all.Wait()
		j.WantCount(t, "mails", 2)
		j.WantCount(t, "links", 2)
		if old := j.ConfirmLink(t, token); old.Status != confirm.Superseded || !old.Renewable() {
			t.Errorf("the old link is %s, want superseded", old.Status)
		}
	})
}

// TestAFreshLinkGoesToTheSameMailbox asks for it on the page of an old link, which
// any browser can.
func TestAFreshLinkGoesToTheSameMailbox(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	first := j.ConfirmToken(t)
	journeytest.Must(t, j.Confirm.ResendFromLink(t.Context(), j.ConfirmLink(t, first), "")) // it is still open
	j.WantCount(t, "mails", 1)
	j.Pass(j.LinkTTL)
	l := j.ConfirmLink(t, first)
	if l.Status != confirm.Late || l.Recipient() != "Zoe@hospital.example" || !l.NextAllowed.Equal(journeytest.Noon.Add(time.Minute)) {
		t.Errorf("the link is %s, of %s, with another one from %v", l.Status, l.Recipient(), l.NextAllowed)
	}
	journeytest.Must(t, j.Confirm.ResendFromLink(t.Context(), l, ""))
	journeytest.WantError(t, "ResendFromLink at once", j.Confirm.ResendFromLink(t.Context(), l, ""), confirm.ErrTooSoon)
	j.WantCount(t, "mails", 2)
	fresh := j.ConfirmLink(t, j.ConfirmToken(t))
	if letter := j.Letter(t, mail.Confirm); letter.To != "Zoe@hospital.example" || fresh.Status != confirm.Open || !j.Owns(t.Context(), session, fresh) {
		t.Errorf("the letter is to %s, and its link %s", letter.To, fresh.Status)
	}
}

func TestALinkThatWasMadeUpSendsNothing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Submitted(t)
	j.Pass(j.LinkTTL)
	for token, want := range map[string]confirm.LinkStatus{journeytest.MadeUpToken: confirm.Mistyped, "MADEUP-MADEUP": confirm.Cut, "": confirm.Cut} {
		l := j.ConfirmLink(t, token)
		if l.Status != want || !l.NextAllowed.IsZero() {
			t.Errorf("a link that was made up is %s, want %s", l.Status, want)
		}
		journeytest.Must(t, j.Confirm.ResendFromLink(t.Context(), l, ""))
	}
	j.WantCount(t, "mails", 1)
}

// TestAnOldLinkDoesNotEndTheNewest has a program ask for a fresh link on the page of
// an old one, as often as it can.
func TestAnOldLinkDoesNotEndTheNewest(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	old := j.ConfirmToken(t)
	j.Pass(time.Hour)
	j.Resend(t, session)
	newest := j.ConfirmToken(t)
	for j.Time.Before(journeytest.Noon.Add(20 * time.Hour)) {
		j.Pass(time.Hour)
		l, ends := j.ConfirmLink(t, old), j.ConfirmLink(t, newest).ExpiresAt()
		err := j.Confirm.ResendFromLink(t.Context(), l, "")
		if !errors.Is(err, confirm.ErrTooSoon) || !l.NewerWorks || !l.NextAllowed.Equal(ends) {
			t.Fatalf("ResendFromLink = %v, of %+v, want ErrTooSoon until the newest link ends at %v", err, l, ends)
		}
		j.WantConfirmLink(t, newest, confirm.Open)
	}
	j.Pass(6 * time.Hour) // now the newest is late too
	if l := j.ConfirmLink(t, old); l.NewerWorks || j.Confirm.ResendFromLink(t.Context(), l, "") != nil {
		t.Errorf("when all links are late, no fresh one can be had: %+v", l)
	}
	j.WantConfirmLink(t, j.ConfirmToken(t), confirm.Open)
}

func TestALinkEndsWithItsApplication(t *testing.T) {
	t.Parallel()
	end := journeytest.Noon.Add(168 * time.Hour)
	tests := []struct {
		name        string
		asked, want time.Time
	}{
		{"early", journeytest.Noon.Add(time.Hour), journeytest.Noon.Add(25 * time.Hour)},
		{"a day before the end", end.Add(-24 * time.Hour), end},
		{"an hour before the end", end.Add(-time.Hour), end},
		{"a second before the end", end.Add(-time.Second), end},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := journeytest.New(t)
			session := j.Submitted(t)
			j.Time = tt.asked
			journeytest.Must(t, j.ResendConfirmation(t.Context(), session, ""))
			text := j.Letter(t, mail.Confirm).Text
			if got := j.ConfirmLink(t, j.ConfirmToken(t)); got.Status != confirm.Open || !got.ExpiresAt().Equal(tt.want) {
				t.Errorf("the link is %s until %v, want %v", got.Status, got.ExpiresAt(), tt.want)
			}
			if says := i18n.T(i18n.French, "mail.confirm.expires", i18n.Until(i18n.French, tt.want, j.Time)); !strings.Contains(text, says) {
				t.Errorf("the letter does not say %q:\n%s", says, text)
			}
		})
	}
}

func TestALinkOfTheLastHourIsGoneAtTheEnd(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	end := journeytest.Noon.Add(j.WaitingTTL)
	j.Time = end.Add(-time.Hour)
	journeytest.Must(t, j.ResendConfirmation(t.Context(), session, ""))
	token := j.ConfirmToken(t)
	j.Time = end.Add(-time.Second)
	j.WantConfirmLink(t, token, confirm.Open)
	j.Time = end
	if got := j.ConfirmLink(t, token); got.Status != confirm.Gone || got.Renewable() {
		t.Errorf("at the end the link is %s, want gone", got.Status)
	}
	journeytest.WantError(t, "ResendConfirmation at the end", j.ResendConfirmation(t.Context(), session, ""), confirm.ErrNoApplication)
}

func TestWhatDoesNotWaitGetsNoFreshLetter(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	confirmed := j.Submitted(t)
	j.ConfirmNewest(t)
	for _, session := range []string{"", "made up", j.Begun(t).Session, confirmed} {
		journeytest.WantError(t, "ResendConfirmation", j.ResendConfirmation(t.Context(), session, ""), confirm.ErrNoApplication)
	}
	j.WantCount(t, "mails WHERE kind = 'confirm'", 1)
}

// TestALostLetterIsSentAgainByAddress to each application that waits with it.
func TestALostLetterIsSentAgainByAddress(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		j.Submitted(t)
		a := j.Letter(t, mail.Confirm).To
		ask := func(address string, want int) {
			t.Helper()
			j.RequestLink(t, address)
			j.WantCount(t, "mails WHERE kind = 'confirm'", want)
		}
		ask(a, 1) // too soon
		j.Pass(time.Minute)
		ask("someone.else@hospital.example", 1)
		ask(strings.ToUpper(a), 2)
		journeytest.Must(t, j.Confirm.Confirm(t.Context(), j.ConfirmLink(t, j.ConfirmToken(t)), ""))
		j.Pass(time.Hour)
		ask(a, 2)
	})
}

// TestARequestByAddressTakesNoFreshLetterAway of which the link works.
func TestARequestByAddressTakesNoFreshLetterAway(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	s := j.MailServer()
	j.Submitted(t)
	s.DeliverAll(t)
	j.Pass(30*time.Minute - time.Second)
	j.RequestLink(t, s.To[0])
	j.WantCount(t, "mails WHERE kind = 'confirm'", 1)
	j.Pass(time.Second)
	j.RequestLink(t, s.To[0])
	j.WantCount(t, "mails WHERE kind = 'confirm'", 2)
}

// TestRequestsByAddressReachEveryApplication though a stranger has sent many with that
// address since; first the one whose letter did not go out.
func TestRequestsByAddressReachEveryApplication(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Limits.PerAddress = mail.Budget{}
	s, owner := j.MailServer(), j.Submitted(t)
	s.DeliverAll(t)
	links := func(session string) int {
		return j.Count(t, "SELECT count(*) FROM links WHERE application = '"+j.MustApplication(t, session).ID+"'")
	}
	j.Pass(time.Minute)
	for range 10 {
		j.Submitted(t)
	}
	s.DeliverAll(t)
	j.Pass(time.Minute)
	s.Down = true
	lost := j.Submitted(t)
	s.DeliverAll(t)
	j.Pass(time.Hour)
	j.RequestLink(t, s.To[0])
	j.WantCount(t, "links", 12+5)
	if links(owner) != 2 || links(lost) != 2 {
		t.Errorf("the first application has %d links and the one without a letter %d, want 2 each", links(owner), links(lost))
	}
}
