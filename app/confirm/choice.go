package confirm

import (
	"context"
	"errors"
	"time"

	"joinery/app/member"
)

// confirmDelay is how long a choice on the page of a link waits before it takes
// effect. Programs that look into mail press all that they find, within seconds:
// two opposite choices meanwhile are taken for such a program.
const confirmDelay = 10 * time.Second

// RecordChoice notes a choice on the page of a link, in a browser of which
// nothing is known but that it has the link. Accept and ConfirmDecline take effect
// after confirmDelay. The opposite choice before that, or a choice that is tooFast
// for a reader, is taken for a program's: nothing takes effect, and from then on
// the page takes the code. A choice that the link is not open for does nothing.
func (s *Service) RecordChoice(ctx context.Context, l Link, c member.Choice, tooFast bool) error {
	if !l.takes(c) {
		return nil
	}
	return s.o.Members.UpdateChoice(ctx, l.found.Link.Selector, func(now member.Link) member.Link { return s.nextState(now, c, tooFast) })
}

// takes reports whether a choice makes a difference to l.
func (l Link) takes(c member.Choice) bool {
	switch l.Status {
	case Open:
		return c != member.Resend
	case Late, Superseded: // declining takes the code: there is no Accept that a program could press as well
		return c == member.Resend
	case Confirming, Ending: // only the opposite makes a difference
		return true
	}
	return false
}

// nextState returns what is noted about a link after one more choice.
func (s *Service) nextState(l member.Link, c member.Choice, tooFast bool) member.Link {
	recent := s.o.Now().Before(l.ChosenAt.Add(confirmDelay))
	switch {
	case l.ScannerSuspected, takesEffect(l.PendingChoice) && !recent: // it is for ApplyPendingChoices
	case tooFast, l.PendingChoice != member.NoChoice && recent && keepsApplication(l.PendingChoice) != keepsApplication(c):
		l.ScannerSuspected, l.PendingChoice = true, member.NoChoice
	case takesEffect(l.PendingChoice): // the first one counts
	default:
		l.PendingChoice, l.ChosenAt = c, s.o.Now().Add(time.Second-1) // stored in whole seconds: rounded down, it would take effect too soon
	}
	return l
}

// keepsApplication reports whether a choice is that of a person who wants the
// application to go on.
func keepsApplication(c member.Choice) bool { return c == member.Accept || c == member.Resend }

// takesEffect reports whether a choice leads to anything by itself.
func takesEffect(c member.Choice) bool { return c == member.Accept || c == member.ConfirmDecline }

// ApplyPendingChoices lets the choices take effect that have waited for
// confirmDelay. Call it every second.
func (s *Service) ApplyPendingChoices(ctx context.Context) error {
	pending, err := s.o.Members.PendingChoices(ctx, s.o.Now().Add(-confirmDelay))
	errs := []error{err}
	for _, l := range pending {
		switch {
		case s.overdue(l.Application):
		case l.Link.PendingChoice == member.Accept:
			_, err := s.confirm(ctx, l.Application, "", s.byName)
			errs = append(errs, err)
		default:
			errs = append(errs, s.o.Members.Withdraw(ctx, l.ID, s.o.Now()))
		}
	}
	return errors.Join(errs...)
}
