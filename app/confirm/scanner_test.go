package confirm_test

import (
	"fmt"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/journeytest"
	"joinery/app/member"
)

// TestBehindAScannerTheCodeCountsAndTheBrowserThatApplied has a program press all that
// it finds, in either order.
func TestBehindAScannerTheCodeCountsAndTheBrowserThatApplied(t *testing.T) {
	for name, order := range map[string][]member.Choice{
		"accept first":  {member.Accept, member.Decline, member.ConfirmDecline, member.Accept},
		"decline first": {member.Decline, member.Accept, member.ConfirmDecline, member.Decline},
	} {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				session, token := suspected(t, j, order)
				if l := j.ConfirmLink(t, token); !l.ScannerSuspected() || !j.Owns(t.Context(), session, l) {
					t.Error("it is not known that a program follows the link, or whose it is")
				}
				journeytest.Must(t, j.Confirm.Confirm(t.Context(), j.ConfirmLink(t, token), ""))
				j.WantConfirmLink(t, token, confirm.Used)
				j.MembersLeave(t)
				_, token = suspected(t, j, order)
				wantLinkCode(t, j, token, j.ConfirmCode(t), member.Accept, confirm.CodeConfirmed, 0)
				j.WantConfirmLink(t, token, confirm.Used)
				_, token = suspected(t, j, order)
				wantLinkCode(t, j, token, j.ConfirmCode(t), member.ConfirmDecline, confirm.CodeWithdrawn, 0)
				j.WantConfirmLink(t, token, confirm.Withdrawn)
				j.WantCount(t, "members", 1)
			})
		})
	}
}

// suspected submits a draft and has a program press so on the page of its link.
func suspected(t *testing.T, j *journeytest.Journey, order []member.Choice) (session, token string) {
	t.Helper()
	session = j.Submitted(t)
	token = j.ConfirmToken(t)
	for _, c := range order {
		j.Pass(time.Second)
		j.Choose(t, token, c)
	}
	j.Pass(time.Hour)
	j.ApplyPendingChoices(t)
	j.WantConfirmLink(t, token, confirm.ScannerSuspected)
	return session, token
}

func TestNoChoiceCountsOnAnOldLink(t *testing.T) {
	ages := map[confirm.LinkStatus]func(t *testing.T, j *journeytest.Journey, session string){
		confirm.Late:       func(_ *testing.T, j *journeytest.Journey, _ string) { j.Pass(j.LinkTTL) },
		confirm.Superseded: func(t *testing.T, j *journeytest.Journey, session string) { j.Resend(t, session) },
	}
	for status, age := range ages {
		for _, choice := range buttons {
			t.Run(fmt.Sprint(choice, " when it is ", status), func(t *testing.T) {
				journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
					session := j.Submitted(t)
					token := j.ConfirmToken(t)
					age(t, j, session)
					j.WantConfirmLink(t, token, status)
					j.Choose(t, token, choice)
					j.Pass(confirm.ConfirmDelay)
					j.ApplyPendingChoices(t)
					j.WantConfirmLink(t, token, status)
					j.WantCount(t, "members", 0)
				})
			})
		}
	}
}

// TestAScannerOnAnOldLinkEndsNothing presses what is on its page.
func TestAScannerOnAnOldLinkEndsNothing(t *testing.T) {
	t.Parallel()
	for _, order := range [][]member.Choice{{member.Resend, member.Decline, member.ConfirmDecline}, {member.ConfirmDecline, member.Resend}, {member.ConfirmDecline}} {
		j := journeytest.New(t)
		session := j.Submitted(t)
		old := j.ConfirmToken(t)
		j.Resend(t, session)
		for _, c := range order {
			j.Choose(t, old, c)
		}
		j.Pass(confirm.ConfirmDelay)
		j.ApplyPendingChoices(t)
		j.WantConfirmLink(t, old, confirm.Superseded)
		j.WantConfirmLink(t, j.ConfirmToken(t), confirm.Open)
	}
}

// TestBehindAScannerASpentCodeNeedsAnotherLetter or the browser that applied.
func TestBehindAScannerASpentCodeNeedsAnotherLetter(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	token := j.ConfirmToken(t)
	journeytest.Must(t, j.Confirm.RecordChoice(t.Context(), j.ConfirmLink(t, token), member.Accept, true))
	for range confirm.MaxAttempts {
		j.WantConfirmLink(t, token, confirm.ScannerSuspected)
		_, _, err := j.Confirm.VerifyCodeForLink(t.Context(), j.ConfirmLink(t, token), "AAAAAA", member.Accept)
		journeytest.Must(t, err)
	}
	l := j.ConfirmLink(t, token)
	if l.Status != confirm.Spent || !l.Renewable() || !l.NextAllowed.Equal(journeytest.Noon.Add(time.Minute)) || !l.Confirmable() {
		t.Errorf("the link is %+v, want it spent, and a fresh one to be asked for in a minute", l)
	}
	journeytest.WantError(t, "ResendFromLink at once", j.Confirm.ResendFromLink(t.Context(), l, ""), confirm.ErrTooSoon)
	j.Time = l.NextAllowed
	journeytest.Must(t, j.Confirm.ResendFromLink(t.Context(), l, ""))
	j.WantConfirmLink(t, token, confirm.Spent) // whether or not there was a letter
	j.WantConfirmLink(t, j.ConfirmToken(t), confirm.Open)
	journeytest.Must(t, j.Confirm.Confirm(t.Context(), j.ConfirmLink(t, token), ""))
	wantState(t, j, session, member.Confirmed)
}
