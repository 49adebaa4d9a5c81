package join

import (
	"context"
	"errors"
	"time"

	"joinery/app/member"
)

// confirmDelay is how long what was pressed on the page of a link waits before it
// counts. Programs that look into mail press all that they find, within seconds:
// who presses both this and the opposite meanwhile is taken for one.
const confirmDelay = 10 * time.Second

// RecordChoice notes what was pressed on the page of l by somebody of whom nothing is
// known but that they have the link. Yes and Delete count after some seconds,
// in which the opposite may be pressed; then, or if the press was hasty, made
// sooner than anybody reads, a machine is assumed: nothing counts, and l takes
// the code from now on. A press that l is not open for does nothing.
func (s *Service) RecordChoice(ctx context.Context, l Link, p member.Choice, hasty bool) error {
	if !l.takes(p) {
		return nil
	}
	return s.Members.UpdateChoice(ctx, l.found.Link.Selector, func(now member.Link) member.Link { return s.nextState(now, p, hasty) })
}

func (l Link) takes(p member.Choice) bool {
	switch l.Status {
	case Open:
		return p != member.Resend
	case Late, Superseded: // to end the application takes the code: there is no Yes that a machine could press as well
		return p == member.Resend
	case Confirming, Ending: // only the opposite makes a difference
		return true
	}
	return false
}

// nextState returns what is noted about a link after one more press.
func (s *Service) nextState(l member.Link, p member.Choice, hasty bool) member.Link {
	lately := s.Now().Before(l.ChosenAt.Add(confirmDelay))
	switch {
	case l.ScannerSuspected, takesEffect(l.PendingChoice) && !lately: // it is for Settle
	case hasty, l.PendingChoice != member.NoChoice && lately && wantsApplication(l.PendingChoice) != wantsApplication(p):
		l.ScannerSuspected, l.PendingChoice = true, member.NoChoice
	case takesEffect(l.PendingChoice): // the first counts
	default:
		l.PendingChoice, l.ChosenAt = p, s.Now().Add(time.Second-1) // kept in whole seconds: rounded down, it would count too soon
	}
	return l
}

// wantsApplication reports whether a press is of somebody who wants their application.
func wantsApplication(p member.Choice) bool { return p == member.Accept || p == member.Resend }

// takesEffect reports whether a press leads to anything by itself.
func takesEffect(p member.Choice) bool { return p == member.Accept || p == member.ConfirmDecline }

// ApplyPendingChoices has the presses count that have waited for long enough. [Service.Run]
// does so every second.
func (s *Service) ApplyPendingChoices(ctx context.Context) error {
	pressed, err := s.Members.PendingChoices(ctx, s.Now().Add(-confirmDelay))
	errs := []error{err}
	for _, l := range pressed {
		switch {
		case s.overdue(l.Application):
		case l.Link.PendingChoice == member.Accept:
			errs = append(errs, s.confirm(ctx, l.Application))
		default:
			errs = append(errs, s.Members.Withdraw(ctx, l.ID, s.Now()))
		}
	}
	return errors.Join(errs...)
}
