package confirm_test

import (
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/journeytest"
	"joinery/app/member"
)

// jumps are what a clock may do.
var jumps = map[string][]time.Duration{
	"an hour back":               {-time.Hour},
	"an hour forward":            {time.Hour},
	"an hour back and forward":   {-time.Hour, time.Hour},
	"an hour forward and back":   {time.Hour, -time.Hour},
	"three hours, one at a time": {time.Hour, time.Hour, time.Hour},
}

func TestTheClockJumpsWhileAnApplicationWaits(t *testing.T) {
	for name, jumps := range jumps {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				session := j.Submitted(t)
				token := j.ConfirmToken(t)
				for _, jump := range jumps {
					j.Pass(jump)
					j.Tidy(t)
					j.ApplyPendingChoices(t)
					j.WantConfirmLink(t, token, confirm.Open)
					wantState(t, j, session, member.Waiting)
				}
				j.ConfirmNewest(t)
				wantState(t, j, session, member.Confirmed)
			})
		})
	}
}

// TestTheClockJumpsWhileAChoiceIsPending must have it take effect once, in the end.
func TestTheClockJumpsWhileAChoiceIsPending(t *testing.T) {
	for name, jumps := range jumps {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t)
			j.Submitted(t)
			token := j.ConfirmToken(t)
			j.Choose(t, token, member.Accept)
			chosen := j.Time
			for _, jump := range jumps {
				j.Pass(jump)
				j.ApplyPendingChoices(t)
			}
			j.Time = chosen.Add(confirm.ConfirmDelay)
			j.ApplyPendingChoices(t)
			j.WantConfirmLink(t, token, confirm.Used)
			j.WantCount(t, "mails WHERE kind IN ('welcome', 'updated')", 1)
		})
	}
}

func TestTheLinkAndTheCodeGoByTheClock(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	token, code := j.ConfirmToken(t), j.ConfirmCode(t)
	for _, at := range []struct {
		after  time.Duration
		status confirm.LinkStatus
	}{
		{-time.Hour, confirm.Open},
		{time.Minute, confirm.Open},
		{25 * time.Hour, confirm.Late},
		{time.Hour, confirm.Open},
		{169 * time.Hour, confirm.Gone},
		{-time.Hour, confirm.Open},
	} {
		j.Time = journeytest.Noon.Add(at.after)
		j.WantConfirmLink(t, token, at.status)
		if at.status == confirm.Late {
			j.WantCodeResult(t, session, code, "late 0")
		}
	}
	j.WantCodeResult(t, session, code, "confirmed 0")
}

func TestAfter400DaysTheApplicationIsGoneAndAFreshOneWorks(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Submitted(t))
		token := j.ConfirmToken(t)
		j.Choose(t, token, member.Accept)
		j.Pass(400 * 24 * time.Hour)
		j.ApplyPendingChoices(t)
		j.WantConfirmLink(t, token, confirm.Gone)
		b.WantNoDraft(t)
		for range 2 {
			j.Tidy(t)
		}
		j.WantConfirmLink(t, token, confirm.Gone)
		j.WantCount(t, "members", 0)
		j.Join(t, "zoe@example.ca")
		j.WantCount(t, "members", 1)
	})
}
