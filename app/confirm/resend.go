package confirm

import (
	"context"
	"time"

	"joinery/app/mail"
	"joinery/app/member"
)

// pauses are how long to wait after the first letter, the second and so on: mail
// takes its time, and a mailbox must not be filled.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 10 * time.Minute, 20 * time.Minute}

// A Confirmation is how the confirmation of a waiting application stands.
type Confirmation struct {
	mail.Delivery              // of the letter that was asked for last; a Queued one that waits for its turn has the time of that
	NextAllowed      time.Time // from when on another letter can be asked for
	AttemptsLeft     int       // how many codes can still be typed
	NewestCodeIsLate bool      // the time of the letter that was asked for last is over
}

// Confirmation returns how the confirmation of a waiting application stands.
func (s *Service) Confirmation(ctx context.Context, a member.Application) (Confirmation, error) {
	links, err := s.o.Members.Links(ctx, a.ID)
	if err != nil {
		return Confirmation{}, err
	}
	return s.confirmation(ctx, a, links)
}

func (s *Service) confirmation(ctx context.Context, a member.Application, links []member.Link) (c Confirmation, err error) {
	c = Confirmation{Delivery: mail.Delivery{State: mail.Queued}, NextAllowed: s.nextAllowed(a, links), AttemptsLeft: maxAttempts}
	if len(links) == 0 { // submitted under an earlier version, beyond its budget
		return c, nil
	}
	counted := links[0]
	if newest, ok := member.Newest(links); ok {
		counted = newest
	}
	c.AttemptsLeft = max(0, maxAttempts-counted.Attempts)
	if links[0].Letter != "" {
		c.Delivery, err = s.o.Members.Delivery(ctx, links[0].Letter)
	} else if c.At, err = s.o.Members.Turn(ctx, a.ID); c.At.Add(pauses[0]).After(c.NextAllowed) {
		c.NextAllowed = c.At.Add(pauses[0])
	}
	dropped := links[0].Letter == "" && c.At.IsZero()                         // by an earlier version, beyond its budget
	waits := !dropped && (c.State == mail.Queued || c.State == mail.Deferred) // the time of its code begins when it is written
	c.NewestCodeIsLate = !waits && !s.o.Now().Before(links[0].ExpiresAt)
	return c, err
}

// nextAllowed returns from when on another letter about a can be asked for: after
// a pause that grows, and not before those that were asked for leave room for one
// more in the budget.
func (s *Service) nextAllowed(a member.Application, links []member.Link) time.Time {
	if len(links) == 0 { // submitted under an earlier version, beyond its budget
		return a.Sent.Add(pauses[0])
	}
	next := links[0].CreatedAt.Add(pauses[min(len(links), len(pauses))-1])
	budget := s.o.Limits.PerAddress
	if budget.Max == 0 || len(links) < budget.Max {
		return next
	}
	if room := links[budget.Max-1].CreatedAt.Add(budget.Per + time.Second); room.After(next) {
		return room
	}
	return next
}

// ResendConfirmation makes a fresh link for an application and sends it to the
// same mailbox; network asks for it. It returns ErrTooSoon before its time, also while
// a letter waits for its turn, ErrNoApplication when a does not wait, and
// [mail.ErrFull] when too many letters wait.
func (s *Service) ResendConfirmation(ctx context.Context, a member.Application, network string) error {
	if a.State != member.Waiting {
		return ErrNoApplication
	}
	links, err := s.o.Members.Links(ctx, a.ID)
	if err != nil {
		return err
	}
	c, err := s.confirmation(ctx, a, links)
	switch {
	case err != nil:
		return err
	case s.o.Now().Before(c.NextAllowed):
		return ErrTooSoon
	}
	link, letter := s.newLink(a, network)
	queued, err := s.o.Members.AddLink(ctx, a.ID, len(links), link, letter, s.o.Limits)
	switch {
	case err != nil:
		return err
	case !queued: // an earlier one still waits, or another request came first
		return ErrTooSoon
	}
	s.o.Wake()
	return nil
}

// ResendFromLink sends a fresh link to the mailbox that l was sent to, like
// ResendConfirmation, but not before l.NextAllowed. A link that is not renewable
// it leaves as it stands.
func (s *Service) ResendFromLink(ctx context.Context, l Link, network string) error {
	if !l.Renewable() {
		return nil
	}
	if s.o.Now().Before(l.NextAllowed) {
		return ErrTooSoon
	}
	return s.ResendConfirmation(ctx, l.found.Application, network)
}
