package join

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joinery/app/mail"
	"joinery/app/member"
)

// press presses something on the page of a link, as a person does.
func (b *bench) press(t *testing.T, token string, p member.Choice) {
	t.Helper()
	fine(t, b.RecordChoice(t.Context(), b.link(t, token), p, false))
}

func (b *bench) settle(t *testing.T) {
	t.Helper()
	fine(t, b.ApplyPendingChoices(t.Context()))
}

// wantLink wants a link to stand so.
func (b *bench) wantLink(t *testing.T, token string, want LinkStatus) {
	t.Helper()
	if got := b.link(t, token).Status; got != want {
		t.Errorf("the link is %s, want %s", got, want)
	}
}

func TestYesCountsAfterSomeSeconds(t *testing.T) {
	for _, fraction := range []time.Duration{0, time.Millisecond, 300 * time.Millisecond, 999 * time.Millisecond} {
		t.Run(fraction.String(), func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := &browser{bench: b, id: b.sent(t)}
				token := b.proof(t)
				b.pass(fraction)
				b.press(t, token, member.Accept)
				b.wantLink(t, token, Confirming)
				b.pass(confirmDelay - time.Millisecond)
				b.settle(t)
				b.wantLink(t, token, Confirming)
				b.wantCount(t, "members", 0)
				b.pass(time.Second)
				b.settle(t)
				b.wantLink(t, token, Used)
				b.wantCount(t, "members", 1)
				b.wantCount(t, "mails WHERE kind = 'welcome'", 1)
				if a := b.application(t, w.id); a.State != member.Confirmed {
					t.Errorf("the browser that sent it sees it %s", a.State)
				}
			})
		})
	}
}

func TestDeleteCountsAfterSomeSeconds(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.sent(t)}
		token := b.proof(t)
		b.press(t, token, member.Decline)
		b.wantLink(t, token, Open) // a question is asked first
		b.pass(time.Hour)
		b.settle(t)
		b.wantLink(t, token, Open)
		b.press(t, token, member.ConfirmDecline)
		b.wantLink(t, token, Ending)
		b.pass(confirmDelay - time.Second)
		b.settle(t)
		b.wantLink(t, token, Ending)
		b.pass(time.Second)
		b.settle(t)
		b.wantLink(t, token, Withdrawn)
		b.wantCount(t, "applications WHERE email <> '' OR answers <> '{}' OR consents <> '[]'", 0)
		b.wantCount(t, "mails WHERE state = 'waiting'", 0)
		if a := b.application(t, w.id); a.State != member.Withdrawn {
			t.Errorf("the browser that sent it sees it %s", a.State)
		}
	})
}

// A pressing is a press so long after the one before.
type pressing struct {
	after time.Duration
	press member.Choice
	hasty bool
}

// become tells how a link stands that was open before these presses, a rest
// after the last of them, by what a machine is and when a press counts.
func become(presses []pressing, rest time.Duration) LinkStatus {
	type side struct {
		at   time.Duration
		stay bool
	}
	var pressed []side
	var at, since time.Duration
	ends := map[member.Choice][2]LinkStatus{member.Accept: {Confirming, Used}, member.ConfirmDecline: {Ending, Withdrawn}}
	pending := member.NoChoice
	for _, p := range presses {
		at += p.after
		stay := p.press == member.Accept || p.press == member.Resend
		if pending != member.NoChoice && at-since >= confirmDelay {
			return ends[pending][1]
		}
		if pending == member.NoChoice && p.press == member.Resend {
			continue // the page of a link that is open has no such button
		}
		machine := p.hasty
		for _, other := range pressed {
			machine = machine || other.stay != stay && at-other.at < confirmDelay
		}
		if machine {
			return ScannerSuspected
		}
		pressed = append(pressed, side{at, stay})
		if _, counts := ends[p.press]; counts && pending == member.NoChoice {
			pending, since = p.press, at
		}
	}
	switch {
	case pending == member.NoChoice:
		return Open
	case at+rest-since >= confirmDelay:
		return ends[pending][1]
	}
	return ends[pending][0]
}

// wantBecome presses on a fresh link and wants it to stand as become tells, be
// presses settled all the time or, as after a crash, only in the end.
func (b *bench) wantBecome(t *testing.T, presses []pressing, rest time.Duration, always bool) error {
	b.sent(t)
	token := b.proof(t)
	for _, p := range presses {
		b.pass(p.after)
		if always {
			b.settle(t)
		}
		fine(t, b.RecordChoice(t.Context(), b.link(t, token), p.press, p.hasty))
	}
	b.pass(rest)
	b.settle(t)
	if got, want := b.link(t, token).Status, become(presses, rest); got != want {
		return fmt.Errorf("after %+v and %v the link is %s, want %s (settled all the time: %t)", presses, rest, got, want, always)
	}
	return nil
}

var (
	buttons = []member.Choice{member.Accept, member.Resend, member.Decline, member.ConfirmDecline}
	gaps    = []time.Duration{0, time.Second, confirmDelay - time.Second, confirmDelay, confirmDelay + time.Second}
)

// TestEveryTwoPresses goes through all pairs of presses, soon after each other
// and not, hasty and not.
func TestEveryTwoPresses(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.Limits.PerAddress = mail.Budget{}
	var single []pressing
	for _, button := range buttons {
		single = append(single, pressing{0, button, false}, pressing{0, button, true})
	}
	for _, first := range single {
		for _, second := range single {
			for _, gap := range gaps {
				second.after = gap
				if err := b.wantBecome(t, []pressing{first, second}, confirmDelay, true); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

func TestAnyPresses(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		b.Limits.PerAddress = mail.Budget{}
		one := rapid.Custom(func(r *rapid.T) pressing {
			return pressing{
				rapid.SampledFrom(gaps).Draw(r, "after"), rapid.SampledFrom(buttons).Draw(r, "press"), rapid.IntRange(0, 9).Draw(r, "hasty") == 0,
			}
		})
		rapid.Check(t, func(r *rapid.T) {
			presses := rapid.SliceOfN(one, 1, 6).Draw(r, "presses")
			if err := b.wantBecome(t, presses, rapid.SampledFrom(gaps).Draw(r, "rest"), rapid.Bool().Draw(r, "always")); err != nil {
				r.Fatal(err)
			}
		})
	})
}
