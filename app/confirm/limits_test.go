package confirm_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
)

// TestManySubmissionsMakeFewLetters has strangers sign others up, all at once.
func TestManySubmissionsMakeFewLetters(t *testing.T) {
	tests := []struct {
		name    string
		address func(i int) string
		network func(i int) string
		want    int
	}{
		{"for one address", func(int) string { return "zoe@example.ca" }, func(i int) string { return fmt.Sprint("network ", i) }, 3},
		{
			"for one address in many cases", func(i int) string { return []string{"zoe", "Zoe", "ZOE", "zOe"}[i%4] + "@example.ca" },
			func(i int) string { return fmt.Sprint("network ", i) }, 3,
		},
		{
			"for one mailbox", func(i int) string { return fmt.Sprint("zoe+", i, "@example.ca") },
			func(i int) string { return fmt.Sprint("network ", i) }, 10,
		},
		{
			"for one mailbox with dots", func(i int) string {
				return "zoelucas"[:1+i%8] + "." + "zoelucas"[1+i%8:] + fmt.Sprint("+", i, "@gmail.com")
			},
			func(i int) string { return fmt.Sprint("network ", i) }, 10,
		},
		{"from one network", func(i int) string { return fmt.Sprint("zoe", i, "@example.ca") }, func(int) string { return "network" }, 20},
		{"all together", func(i int) string { return fmt.Sprint("zoe", i, "@example.ca") }, func(i int) string { return fmt.Sprint("network ", i) }, 25},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t)
			j.Limits.PerNetwork, j.Limits.Total = mail.Budget{Max: 20, Per: time.Hour}, mail.Budget{Max: 25, Per: time.Hour}
			var all sync.WaitGroup
			for i := range 30 {
				session := j.FinishedAs(t, tt.address(i))
				all.Go(func() {
					problems, err := j.Submit(t.Context(), session, []string{"keep"}, i18n.English, tt.network(i))
					if err != nil && !errors.Is(err, mail.ErrFull) || len(problems) > 0 {
						t.Errorf("Submit: %v, %v", problems, err)
					}
				})
			}
			all.Wait()
			taken := 30 // all of them wait for an address, its owner among them
			if strings.Contains(tt.address(0), "zoe0@") {
				taken = min(2*tt.want, 30) // as many wait as go out
			}
			j.WantCount(t, fmt.Sprint("mails WHERE planned <= ", j.Time.Unix()), tt.want)
			j.WantCount(t, "mails", taken)
			j.WantCount(t, "links WHERE letter <> ''", tt.want)
			j.WantCount(t, "applications WHERE state = 'waiting'", taken)
			j.WantCount(t, "mails WHERE network LIKE '%network%'", 0) // no more than a digest
		})
	}
}

// TestANetworkIsCountedAcrossAllThatItAsksFor mixes what can be asked for.
func TestANetworkIsCountedAcrossAllThatItAsksFor(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Limits.PerNetwork = mail.Budget{Max: 5, Per: time.Hour}
	b := j.BegunWith(t, "begun@example.ca")
	s := j.MailServer()
	j.Resume.RequestLink("begun@example.ca", i18n.English, "network")
	j.Resume.ProcessRequests(t.Context())
	journeytest.Must(t, j.SendLink(t.Context(), b.Session, "begun@example.ca", i18n.English, "network"))
	session := j.FinishedAs(t, "zoe@example.ca")
	_, err := j.Submit(t.Context(), session, []string{"keep"}, i18n.English, "network")
	journeytest.Must(t, err)
	s.DeliverAll(t)
	j.Pass(time.Minute)
	journeytest.Must(t, j.ResendConfirmation(t.Context(), session, "network"))
	s.DeliverAll(t)
	journeytest.Must(t, j.ChangeEmail(t.Context(), session, "ann@example.ca", "network"))
	j.WantCount(t, fmt.Sprint("mails WHERE planned <= ", j.Time.Unix()), 5)
	waits := j.FinishedAs(t, "bob@example.ca")
	_, err = j.Submit(t.Context(), waits, []string{"keep"}, i18n.English, "network")
	journeytest.Must(t, err)
	room := journeytest.Noon.Add(time.Hour + time.Second)
	if c := j.Confirmation(t, waits); c.State != mail.Queued || !c.At.Equal(room) || !c.NextAllowed.Equal(room.Add(time.Minute)) {
		t.Errorf("a browser whose network has asked for too much sees %+v, want when its letter goes out", c)
	}
	j.Pass(time.Minute)
	journeytest.WantError(t, "ResendConfirmation", j.ResendConfirmation(t.Context(), waits, "another network"), confirm.ErrTooSoon)
	j.WantCount(t, "mails", 6)
	s.DeliverAll(t)
	j.Time = room
	s.DeliverAll(t)
	if last := s.Got[len(s.Got)-1]; last.To != "bob@example.ca" {
		t.Errorf("the last letter goes to %s", last.To)
	}
	j.WantConfirmLink(t, journeytest.Tokens(s.Got[len(s.Got)-1], journeytest.ConfirmPath)[0], confirm.Open)
}

// TestAClassBehindOneAddress gets all its letters: those who confirm make room for others.
func TestAClassBehindOneAddress(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Limits.PerNetwork = mail.Budget{Max: 20, Per: time.Hour}
	s := j.MailServer()
	for i := range 40 {
		_, err := j.Submit(t.Context(), j.FinishedAs(t, fmt.Sprint("zoe", i, "@example.ca")), []string{"keep"}, i18n.English, "network")
		journeytest.Must(t, err)
	}
	s.DeliverAll(t)
	if len(s.Got) != 20 {
		t.Fatalf("%d letters go out at once, want as many as the budget allows", len(s.Got))
	}
	for _, l := range s.Got {
		j.Pass(time.Second)
		journeytest.Must(t, j.Confirm.Confirm(t.Context(), j.ConfirmLink(t, journeytest.Tokens(l, journeytest.ConfirmPath)[0]), ""))
	}
	s.DeliverAll(t)
	asked := 0
	for _, l := range s.Got {
		if l.Kind == mail.Confirm {
			asked++
		}
	}
	if asked != 40 {
		t.Errorf("%d letters have come within a minute, want 40", asked)
	}
}

// TestAfterTheLastLetterTheNextIsPromisedForWhenThereIsRoom and sent then.
func TestAfterTheLastLetterTheNextIsPromisedForWhenThereIsRoom(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	j.Resend(t, session)
	j.Resend(t, session)
	want := journeytest.Noon.Add(j.Limits.PerAddress.Per + time.Second)
	if got := j.Confirmation(t, session).NextAllowed; !got.Equal(want) {
		t.Errorf("after 3 letters of 3 another one can be asked for at %v, want %v", got, want)
	}
	j.Time = want.Add(-time.Second)
	journeytest.WantError(t, "ResendConfirmation without room", j.ResendConfirmation(t.Context(), session, ""), confirm.ErrTooSoon)
	j.Resend(t, session)
	j.WantCount(t, "mails", 4)
}

// TestTooManyLettersThatWait are refused, and nothing is lost.
func TestTooManyLettersThatWait(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	const most = 25 * 3 // that go out and that wait, see mail.Limits.Room
	j.Limits.PerAddress.Max = 3
	for range most {
		j.Submitted(t)
	}
	full := j.Finished(t)
	_, err := j.Submit(t.Context(), full, []string{"keep"}, i18n.English, "")
	journeytest.WantError(t, "Submit", err, mail.ErrFull)
	other := j.FinishedAs(t, "ann@example.ca")
	j.MustSubmit(t, other)
	journeytest.WantError(t, "ChangeEmail", j.ChangeEmail(t.Context(), other, "zoe@hospital.example", ""), mail.ErrFull)
	j.WantCount(t, "applications WHERE state = 'waiting'", most+1)
	wantState(t, j, other, member.Waiting)
	j.Pass(j.Limits.PerAddress.Per + time.Second)
	j.MustSubmit(t, full)
}

// TestALetterThatWaitsEndsNoLink before its first attempt. Asking once more changes nothing.
func TestALetterThatWaitsEndsNoLink(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		s, session := j.MailServer(), j.Submitted(t)
		s.DeliverAll(t)
		first := journeytest.Tokens(s.Got[0], journeytest.ConfirmPath)[0]
		j.Pass(time.Minute)
		for range j.Limits.PerAddress.Max { // others
			j.Submitted(t)
		}
		s.DeliverAll(t)
		journeytest.Must(t, j.ResendConfirmation(t.Context(), session, ""))
		c := j.Confirmation(t, session)
		if c.State != mail.Queued || !c.At.After(j.Time) || !c.NextAllowed.After(c.At) {
			t.Errorf("the letter is %+v, want it to wait for its turn", c)
		}
		journeytest.WantError(t, "ResendConfirmation", j.ResendConfirmation(t.Context(), session, ""), confirm.ErrTooSoon)
		j.WantConfirmLink(t, first, confirm.Open)
		j.Time = c.At
		s.Got = nil
		s.DeliverAll(t)
		tokens := []string{}
		for _, l := range s.Got {
			tokens = append(tokens, journeytest.Tokens(l, journeytest.ConfirmPath)...)
		}
		var fresh string
		for _, token := range tokens {
			if j.Owns(t.Context(), session, j.ConfirmLink(t, token)) {
				fresh = token
			}
		}
		j.WantConfirmLink(t, first, confirm.Superseded)
		j.WantConfirmLink(t, fresh, confirm.Open)
		j.Pass(j.LinkTTL - time.Second)
		j.WantConfirmLink(t, fresh, confirm.Open)
	})
}

// TestALetterThatIsTriedAgainIsTheNextOne while there is no room for another.
func TestALetterThatIsTriedAgainIsTheNextOne(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	s, session := j.MailServer(), j.Submitted(t)
	s.Down = true
	s.DeliverAll(t)
	for range j.Limits.PerAddress.Max {
		j.Submitted(t)
	}
	j.Pass(time.Minute)
	journeytest.WantError(t, "ResendConfirmation", j.ResendConfirmation(t.Context(), session, ""), confirm.ErrTooSoon)
	j.WantCount(t, "links", 1+j.Limits.PerAddress.Max)
}

// TestAHeldApplicationMakesRoomAtOnce for a letter that waits for its network.
func TestAHeldApplicationMakesRoomAtOnce(t *testing.T) {
	t.Parallel()
	woken := 0
	j := journeytest.New(t, func(s *journeytest.Setup) { s.Wake = func() { woken++ } })
	j.Submitted(t)
	j.ConfirmNewest(t)
	j.Pass(2 * j.Limits.PerAddress.Per)
	j.Submitted(t)
	before := woken
	journeytest.Must(t, j.Confirm.Confirm(t.Context(), j.ConfirmLink(t, j.ConfirmToken(t)), ""))
	j.WantCount(t, "applications WHERE held <> ''", 1)
	if woken != before+1 {
		t.Errorf("the queue was woken %d times, want once", woken-before)
	}
}
