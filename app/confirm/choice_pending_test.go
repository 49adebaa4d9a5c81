package confirm_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/dbtest"
	"joinery/app/journeytest"
	"joinery/app/member"
)

// TestAChoiceSurvivesACrash opens the same file again, as a program does that starts
// later.
func TestAChoiceSurvivesACrash(t *testing.T) {
	t.Parallel()
	for choice, want := range map[member.Choice]confirm.LinkStatus{member.Accept: confirm.Used, member.ConfirmDecline: confirm.Withdrawn} {
		t.Run(string(choice), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "members.db")
			j := journeytest.New(t, func(s *journeytest.Setup) { s.File = dbtest.Open(t, path) })
			j.Submitted(t)
			token := j.ConfirmToken(t)
			j.Choose(t, token, choice)
			j.Pass(time.Second)
			journeytest.Must(t, j.File.Close())
			j.Change(t, func(s *journeytest.Setup) { s.File = dbtest.Open(t, path) })
			j.ApplyPendingChoices(t)
			if got := j.ConfirmLink(t, token).Status; got == want {
				t.Errorf("after a second the link is %s", got)
			}
			j.Pass(24 * time.Hour) // in which the program did not run
			j.ApplyPendingChoices(t)
			j.WantConfirmLink(t, token, want)
		})
	}
}

// TestTheBrowserThatAppliedNeedNotWait opens the link there after a choice elsewhere,
// which takes no effect any more.
func TestTheBrowserThatAppliedNeedNotWait(t *testing.T) {
	t.Parallel()
	for _, c := range []member.Choice{member.Accept, member.Decline, member.ConfirmDecline} {
		j := journeytest.New(t)
		session := j.Submitted(t)
		token := j.ConfirmToken(t)
		j.Choose(t, token, c)
		j.Pass(time.Second)
		l := j.ConfirmLink(t, token)
		if !j.Owns(t.Context(), session, l) || !l.Confirmable() {
			t.Fatal("the browser that applied cannot confirm")
		}
		journeytest.Must(t, j.Confirm.Confirm(t.Context(), l, ""))
		j.WantConfirmLink(t, token, confirm.Used)
		j.Pass(confirm.ConfirmDelay)
		j.ApplyPendingChoices(t)
		j.WantConfirmLink(t, token, confirm.Used)
		j.WantCount(t, "members", 1)
		j.WantCount(t, "mails WHERE kind IN ('welcome', 'updated')", 1)
	}
}

// TestAcceptTakesEffectThoughANewerLetterIsWritten, or the link's own time ends.
func TestAcceptTakesEffectThoughANewerLetterIsWritten(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		session := j.Submitted(t)
		token := j.ConfirmToken(t)
		j.Pass(time.Minute)
		j.Choose(t, token, member.Accept)
		journeytest.Must(t, j.ResendConfirmation(t.Context(), session, ""))
		j.WantConfirmLink(t, token, confirm.Confirming)
		fresh := j.ConfirmToken(t)
		j.Pass(confirm.ConfirmDelay)
		j.ApplyPendingChoices(t)
		for _, token := range []string{token, fresh} {
			j.WantConfirmLink(t, token, confirm.Used)
		}
		j.WantCount(t, "mails WHERE kind = 'confirm' AND state = 'waiting'", 0)

		j.MembersLeave(t)
		j.Submitted(t)
		token = j.ConfirmToken(t)
		j.Pass(j.LinkTTL - time.Second)
		j.Choose(t, token, member.Accept)
		j.Pass(confirm.ConfirmDelay)
		j.WantConfirmLink(t, token, confirm.Confirming)
		j.ApplyPendingChoices(t)
		j.WantConfirmLink(t, token, confirm.Used)
	})
}

// TestAnApplicationThatEndsBeforeAChoiceTakesEffect stays as it ended.
func TestAnApplicationThatEndsBeforeAChoiceTakesEffect(t *testing.T) {
	endings := map[confirm.LinkStatus]func(t *testing.T, j *journeytest.Journey, session string){
		confirm.Gone: func(_ *testing.T, j *journeytest.Journey, _ string) { j.Time = journeytest.Noon.Add(j.WaitingTTL) },
		confirm.Replaced: func(t *testing.T, j *journeytest.Journey, session string) {
			journeytest.Must(t, j.ChangeEmail(t.Context(), session, "zoe@example.ca", ""))
		},
		confirm.Withdrawn: func(t *testing.T, j *journeytest.Journey, session string) {
			journeytest.Must(t, j.Members.Withdraw(t.Context(), j.MustApplication(t, session).ID, j.Time))
		},
	}
	for want, end := range endings {
		t.Run(string(want), func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				session := j.Submitted(t)
				j.Time = journeytest.Noon.Add(j.WaitingTTL - 12*time.Hour)
				j.Resend(t, session)
				token := j.ConfirmToken(t)
				j.Time = journeytest.Noon.Add(j.WaitingTTL - time.Second)
				j.Choose(t, token, member.Accept)
				j.WantConfirmLink(t, token, confirm.Confirming)
				end(t, j, session)
				for range 2 {
					j.Pass(confirm.ConfirmDelay)
					j.ApplyPendingChoices(t)
					j.WantConfirmLink(t, token, want)
					journeytest.Must(t, j.Confirm.Expire(t.Context()))
				}
				j.WantCount(t, "members", 0)
				j.WantCount(t, "links WHERE pending_choice <> ''", 0)
			})
		})
	}
}

// TestAllAtOnceMakeOneMember has Accept chosen ten times, the browser that applied
// open the link ten times and the choices applied, all at the same time. The queue
// is woken once.
func TestAllAtOnceMakeOneMember(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		woken := make(chan bool, 30)
		j.Change(t, func(s *journeytest.Setup) { s.Wake = func() { woken <- true } })
		j.Submitted(t)
		<-woken
		token := j.ConfirmToken(t)
		before := j.ConfirmLink(t, token)
		j.Choose(t, token, member.Accept)
		j.Pass(confirm.ConfirmDelay)
		var all sync.WaitGroup
		try := func(doing string, do func() error) {
			all.Go(func() {
				if err := do(); err != nil {
					t.Errorf("%s: %v", doing, err)
				}
			})
		}
		for range 10 {
			try("RecordChoice", func() error { return j.Confirm.RecordChoice(t.Context(), before, member.Accept, false) })
			try("Confirm", func() error { return j.Confirm.Confirm(t.Context(), before, "") })
			try("ApplyPendingChoices", func() error { return j.Confirm.ApplyPendingChoices(t.Context()) })
		}
		all.Wait()
		j.ApplyPendingChoices(t)
		j.WantConfirmLink(t, token, confirm.Used)
		j.WantCount(t, "members", 1)
		j.WantCount(t, "mails WHERE kind IN ('welcome', 'updated')", 1)
		j.WantCount(t, "links WHERE pending_choice <> ''", 0)
		if len(woken) != 1 {
			t.Errorf("the queue was woken %d times, want once", len(woken))
		}
	})
}

func TestOpeningTheLinkAtTheSameTimeMakesOneMember(t *testing.T) {
	t.Parallel()
	woken := make(chan bool, 20)
	j := journeytest.New(t, func(s *journeytest.Setup) { s.Wake = func() { woken <- true } })
	j.Submitted(t)
	<-woken
	link := j.ConfirmLink(t, j.ConfirmToken(t))
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := j.Confirm.Confirm(t.Context(), link, ""); err != nil {
				t.Errorf("Confirm: %v", err)
			}
		})
	}
	all.Wait()
	j.WantCount(t, "members", 1)
	j.WantCount(t, "mails WHERE kind = 'welcome'", 1)
	if len(woken) != 1 {
		t.Errorf("the queue was woken %d times, want once", len(woken))
	}
}

// TestAChoiceThatCannotTakeEffectKeepsNoOtherFromIt has the file refuse to change one
// application.
func TestAChoiceThatCannotTakeEffectKeepsNoOtherFromIt(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Submitted(t)
	refused := j.ConfirmToken(t)
	j.MustSubmit(t, j.FinishedAs(t, "ann@example.ca"))
	token := j.ConfirmToken(t)
	j.Choose(t, refused, member.Accept)
	j.Choose(t, token, member.Accept)
	allow := refuse(t, j, `UPDATE ON applications WHEN OLD.id = (SELECT application FROM links ORDER BY id LIMIT 1)`)
	j.Pass(confirm.ConfirmDelay)
	if err := j.Confirm.ApplyPendingChoices(t.Context()); err == nil || errors.Is(err, member.ErrNotFound) {
		t.Errorf("ApplyPendingChoices: %v, want it to say what failed", err)
	}
	j.WantConfirmLink(t, refused, confirm.Confirming)
	j.WantConfirmLink(t, token, confirm.Used)
	allow()
	j.ApplyPendingChoices(t)
	j.WantConfirmLink(t, refused, confirm.Used)
}
