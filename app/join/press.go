package join

import (
	"context"
	"errors"
	"time"

	"joinery/app/member"
)

// hold is how long what was pressed on the page of a link waits before it
// counts. Programs that look into mail press all that they find, within seconds:
// who presses both this and the opposite meanwhile is taken for one.
const hold = 10 * time.Second

// Press notes what was pressed on the page of l by somebody of whom nothing is
// known but that they have the link. Yes and Delete count after some seconds,
// in which the opposite may be pressed; then, or if the press was hasty, made
// sooner than anybody reads, a machine is assumed: nothing counts, and l takes
// the code from now on. A press that l is not open for does nothing.
func (s *Service) Press(ctx context.Context, l Link, p member.Press, hasty bool) error {
	if !l.takes(p) {
		return nil
	}
	return s.Members.Press(ctx, l.found.Link.Handle, func(now member.Link) member.Link { return s.pressed(now, p, hasty) })
}

func (l Link) takes(p member.Press) bool {
	switch l.Standing {
	case Open:
		return p != member.Keep
	case Late, Superseded: // to end the application takes the code: there is no Yes that a machine could press as well
		return p == member.Keep
	case Confirming, Ending: // only the opposite makes a difference
		return true
	}
	return false
}

// pressed returns what is noted about a link after one more press.
func (s *Service) pressed(l member.Link, p member.Press, hasty bool) member.Link {
	lately := s.Now().Before(l.PressedAt.Add(hold))
	switch {
	case l.Doubted, counts(l.Pressed) && !lately: // it is for Settle
	case hasty, l.Pressed != member.Nothing && lately && stays(l.Pressed) != stays(p):
		l.Doubted, l.Pressed = true, member.Nothing
	case counts(l.Pressed): // the first counts
	default:
		l.Pressed, l.PressedAt = p, s.Now().Add(time.Second-1) // kept in whole seconds: rounded down, it would count too soon
	}
	return l
}

// stays reports whether a press is of somebody who wants their application.
func stays(p member.Press) bool { return p == member.Yes || p == member.Keep }

// counts reports whether a press leads to anything by itself.
func counts(p member.Press) bool { return p == member.Yes || p == member.Delete }

// Settle has the presses count that have waited for long enough. [Service.Run]
// does so every second.
func (s *Service) Settle(ctx context.Context) error {
	pressed, err := s.Members.Pressed(ctx, s.Now().Add(-hold))
	errs := []error{err}
	for _, l := range pressed {
		switch {
		case s.overdue(l.Application):
		case l.Link.Pressed == member.Yes:
			errs = append(errs, s.confirm(ctx, l.Application))
		default:
			errs = append(errs, s.Members.Withdraw(ctx, l.ID, s.Now()))
		}
	}
	return errors.Join(errs...)
}
