package confirm_test

import (
	"fmt"
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
					if problems, err := j.Submit(t.Context(), session, []string{"keep"}, i18n.English, tt.network(i)); err != nil || len(problems) > 0 {
						t.Errorf("Submit: %v, %v", problems, err)
					}
				})
			}
			all.Wait()
			j.WantCount(t, "mails", tt.want)
			j.WantCount(t, "links WHERE letter <> ''", tt.want)
			j.WantCount(t, "applications WHERE state = 'waiting'", 30)
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
	j.Resume.RequestLink("begun@example.ca", i18n.English, "network")
	j.Resume.ProcessRequests(t.Context())
	journeytest.Must(t, j.SendLink(t.Context(), b.Session, "begun@example.ca", i18n.English, "network"))
	session := j.FinishedAs(t, "zoe@example.ca")
	_, err := j.Submit(t.Context(), session, []string{"keep"}, i18n.English, "network")
	journeytest.Must(t, err)
	j.Pass(time.Minute)
	journeytest.Must(t, j.ResendConfirmation(t.Context(), session, "network"))
	journeytest.Must(t, j.ChangeEmail(t.Context(), session, "ann@example.ca", "network"))
	j.WantCount(t, "mails", 5)
	refused := j.FinishedAs(t, "bob@example.ca")
	_, err = j.Submit(t.Context(), refused, []string{"keep"}, i18n.English, "network")
	journeytest.Must(t, err)
	j.WantCount(t, "mails", 5)
	if c := j.Confirmation(t, refused); c.State != mail.Queued || !c.NextAllowed.Equal(j.Time.Add(time.Minute)) {
		t.Errorf("a browser whose network has asked for too much sees %+v, want what others see", c)
	}
	j.Pass(time.Minute)
	journeytest.Must(t, j.ResendConfirmation(t.Context(), refused, "another network"))
	j.WantCount(t, "mails", 6)
	j.ConfirmNewest(t) // which asks for no letter
	j.WantCount(t, "mails", 7)
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

// TestOtherPeoplesLettersShowNowhere compares what an applicant sees to whose address
// others had letters written with what an applicant sees who is alone.
func TestOtherPeoplesLettersShowNowhere(t *testing.T) {
	t.Parallel()
	alone, crowded := journeytest.New(t), journeytest.New(t)
	for range crowded.Limits.PerAddress.Max {
		crowded.Submitted(t)
	}
	first, second := alone.Submitted(t), crowded.Submitted(t)
	crowded.WantCount(t, "mails", crowded.Limits.PerAddress.Max)
	for range 5 {
		if got, want := crowded.Confirmation(t, second), alone.Confirmation(t, first); got != want {
			t.Errorf("an applicant without a letter sees %+v, want what others see: %+v", got, want)
		}
		for _, typed := range []string{"AAAAAA", "AAAAAA"} {
			if got, want := crowded.TypeCode(t, second, typed), alone.TypeCode(t, first, typed); got != want {
				t.Errorf("an applicant without a letter reads %q, want what others read: %q", got, want)
			}
		}
		for _, early := range []time.Duration{time.Second, 0} {
			alone.Time = alone.Confirmation(t, first).NextAllowed.Add(-early)
			crowded.Time = alone.Time
			got, want := crowded.ResendConfirmation(t.Context(), second, ""), alone.ResendConfirmation(t.Context(), first, "")
			journeytest.WantError(t, "ResendConfirmation without a letter", got, want)
		}
	}
}

func TestBeyondTheBudgetNoLinkEnds(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		session := j.Submitted(t)
		token, code := j.ConfirmToken(t), j.ConfirmCode(t)
		j.Pass(time.Minute)
		for range j.Limits.PerAddress.Max { // others
			j.Submitted(t)
		}
		journeytest.Must(t, j.ResendConfirmation(t.Context(), session, ""))
		j.WantCount(t, "mails", j.Limits.PerAddress.Max)
		if c := j.Confirmation(t, session); c.State != mail.Queued {
			t.Errorf("the letter that was not written is %q, want it queued", c.State)
		}
		j.WantConfirmLink(t, token, confirm.Open) // no newer one was sent
		j.WantCodeResult(t, session, code, "confirmed 0")
	})
}

func TestBeyondTheBudgetAnApplicationWaitsWithoutALetter(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	var session string
	for submitted := range j.Limits.PerAddress.Max + 2 {
		session = j.Submitted(t)
		if a := j.MustApplication(t, session); a.State != member.Waiting || a.Email != "Zoe@hospital.example" {
			t.Errorf("after %d letters the application is %+v, want it waiting", submitted, a)
		}
		j.WantCount(t, "mails", min(submitted+1, j.Limits.PerAddress.Max))
	}
	j.Pass(j.Limits.PerAddress.Per + time.Second)
	journeytest.Must(t, j.ResendConfirmation(t.Context(), session, ""))
	l := j.ConfirmLink(t, j.ConfirmToken(t))
	if l.Status != confirm.Open || !j.Owns(t.Context(), session, l) {
		t.Errorf("the link of an application whose first letter was not written is %s, want open", l.Status)
	}
}
