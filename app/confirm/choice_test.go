package confirm_test

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joinery/app/confirm"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
)

func TestAcceptTakesEffectAfterSomeSeconds(t *testing.T) {
	for _, fraction := range []time.Duration{0, time.Millisecond, 300 * time.Millisecond, 999 * time.Millisecond} {
		t.Run(fraction.String(), func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				session := j.Submitted(t)
				token := j.ConfirmToken(t)
				j.Pass(fraction)
				j.Choose(t, token, member.Accept)
				j.WantConfirmLink(t, token, confirm.Confirming)
				j.Pass(confirm.ConfirmDelay - time.Millisecond)
				j.ApplyPendingChoices(t)
				j.WantConfirmLink(t, token, confirm.Confirming)
				j.WantCount(t, "members", 0)
				j.Pass(time.Second)
				j.ApplyPendingChoices(t)
				j.WantConfirmLink(t, token, confirm.Used)
				j.WantCount(t, "members", 1)
				j.WantCount(t, "mails WHERE kind = 'welcome'", 1)
				wantState(t, j, session, member.Confirmed)
			})
		})
	}
}

func TestConfirmDeclineTakesEffectAfterSomeSeconds(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		session := j.Submitted(t)
		token := j.ConfirmToken(t)
		j.Choose(t, token, member.Decline)
		j.WantConfirmLink(t, token, confirm.Open) // a question is asked first
		j.Pass(time.Hour)
		j.ApplyPendingChoices(t)
		j.WantConfirmLink(t, token, confirm.Open)
		j.Choose(t, token, member.ConfirmDecline)
		j.WantConfirmLink(t, token, confirm.Ending)
		j.Pass(confirm.ConfirmDelay - time.Second)
		j.ApplyPendingChoices(t)
		j.WantConfirmLink(t, token, confirm.Ending)
		j.Pass(time.Second)
		j.ApplyPendingChoices(t)
		j.WantConfirmLink(t, token, confirm.Withdrawn)
		j.WantCount(t, "applications WHERE email_digest <> '' OR content <> ''", 0)
		j.WantCount(t, "mails WHERE state = 'waiting'", 0)
		wantState(t, j, session, member.Withdrawn)
	})
}

// A timedChoice is a choice so long after the one before.
type timedChoice struct {
	after   time.Duration
	choice  member.Choice
	tooFast bool
}

// statusAfter returns how a link stands that was open before these choices, a rest
// after the last of them. It is written from what a program is and when a choice
// takes effect, not from the code.
func statusAfter(choices []timedChoice, rest time.Duration) confirm.LinkStatus {
	type side struct {
		at   time.Duration
		keep bool
	}
	var made []side
	var at, since time.Duration
	ends := map[member.Choice][2]confirm.LinkStatus{
		member.Accept: {confirm.Confirming, confirm.Used}, member.ConfirmDecline: {confirm.Ending, confirm.Withdrawn},
	}
	pending := member.NoChoice
	for _, c := range choices {
		at += c.after
		keep := c.choice == member.Accept || c.choice == member.Resend
		if pending != member.NoChoice && at-since >= confirm.ConfirmDelay {
			return ends[pending][1]
		}
		if pending == member.NoChoice && c.choice == member.Resend {
			continue // the page of a link that is open has no such button
		}
		program := c.tooFast
		for _, other := range made {
			program = program || other.keep != keep && at-other.at < confirm.ConfirmDelay
		}
		if program {
			return confirm.ScannerSuspected
		}
		made = append(made, side{at, keep})
		if _, counts := ends[c.choice]; counts && pending == member.NoChoice {
			pending, since = c.choice, at
		}
	}
	switch {
	case pending == member.NoChoice:
		return confirm.Open
	case at+rest-since >= confirm.ConfirmDelay:
		return ends[pending][1]
	}
	return ends[pending][0]
}

// tryChoices makes choices on the page of a fresh link and returns an error unless
// the link stands as statusAfter says, be choices applied all the time or, as after a
// crash, only in the end.
func tryChoices(t *testing.T, j *journeytest.Journey, choices []timedChoice, rest time.Duration, always bool) error {
	t.Helper()
	j.MustSubmit(t, j.FinishedAs(t, rand.Text()+"@example.ca")) // which no member has
	token := j.ConfirmToken(t)
	for _, c := range choices {
		j.Pass(c.after)
		if always {
			j.ApplyPendingChoices(t)
		}
		journeytest.Must(t, j.Confirm.RecordChoice(t.Context(), j.ConfirmLink(t, token), c.choice, c.tooFast))
	}
	j.Pass(rest)
	j.ApplyPendingChoices(t)
	if got, want := j.ConfirmLink(t, token).Status, statusAfter(choices, rest); got != want {
		return fmt.Errorf("after %+v and %v the link is %s, want %s (choices applied all the time: %t)", choices, rest, got, want, always)
	}
	return nil
}

var (
	buttons = []member.Choice{member.Accept, member.Resend, member.Decline, member.ConfirmDecline}
	gaps    = []time.Duration{0, time.Second, confirm.ConfirmDelay - time.Second, confirm.ConfirmDelay, confirm.ConfirmDelay + time.Second}
)

// TestEveryTwoChoices goes through all pairs of choices, soon after each other and
// not, too fast and not.
func TestEveryTwoChoices(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Limits.PerAddress = mail.Budget{}
	var single []timedChoice
	for _, button := range buttons {
		single = append(single, timedChoice{0, button, false}, timedChoice{0, button, true})
	}
	for _, first := range single {
		for _, second := range single {
			for _, gap := range gaps {
				second.after = gap
				if err := tryChoices(t, j, []timedChoice{first, second}, confirm.ConfirmDelay, true); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

func TestAnyChoices(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		j.Limits.PerAddress = mail.Budget{}
		one := rapid.Custom(func(r *rapid.T) timedChoice {
			return timedChoice{
				rapid.SampledFrom(gaps).Draw(r, "after"), rapid.SampledFrom(buttons).Draw(r, "choice"), rapid.IntRange(0, 9).Draw(r, "too fast") == 0,
			}
		})
		rapid.Check(t, func(r *rapid.T) {
			choices := rapid.SliceOfN(one, 1, 6).Draw(r, "choices")
			if err := tryChoices(t, j, choices, rapid.SampledFrom(gaps).Draw(r, "rest"), rapid.Bool().Draw(r, "always")); err != nil {
				r.Fatal(err)
			}
		})
	})
}
