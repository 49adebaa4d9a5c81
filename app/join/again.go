package join

import (
	"context"
	"errors"
	"time"

	"joinery/app/mail"
	"joinery/app/member"
)

// ErrTooSoon reports that a letter was asked for sooner than another one can be.
var ErrTooSoon = errors.New("join: another letter cannot be asked for yet")

// pauses are how long to wait after the first letter, the second and so on: mail
// takes its time, and a mailbox is not to be filled.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 10 * time.Minute, 20 * time.Minute}

// A ConfirmationMail is the letter that was asked for last to confirm an application.
type ConfirmationMail struct {
	mail.Delivery           // Queued also while there were too many letters to write it
	NextAllowed   time.Time // from when on another one can be asked for
}

// MailStatus returns how the letter about a waiting application stands.
func (s *Service) MailStatus(ctx context.Context, a member.Application) (ConfirmationMail, error) {
	links, err := s.Members.Links(ctx, a.ID)
	if err != nil {
		return ConfirmationMail{}, err
	}
	post := ConfirmationMail{mail.Delivery{State: mail.Queued}, s.nextAllowed(a, links)}
	if len(links) > 0 && links[0].Letter != "" {
		post.Delivery, err = s.Members.Delivery(ctx, links[0].Letter)
	}
	return post, err
}

// nextAllowed returns from when on another letter about a can be asked for: after a
// pause that grows, and not before those that were asked for leave room for one
// more in the budget. Whether they were written shows nowhere: others may have
// used the budget up.
func (s *Service) nextAllowed(a member.Application, links []member.Link) time.Time {
	if len(links) == 0 { // by an earlier version, beyond its budget
		return a.Sent.Add(pauses[0])
	}
	next := links[0].CreatedAt.Add(pauses[min(len(links), len(pauses))-1])
	budget := s.Limits.PerAddress
	if budget.Max == 0 || len(links) < budget.Max {
		return next
	}
	if room := links[budget.Max-1].CreatedAt.Add(budget.Per + time.Second); room.After(next) {
		return room
	}
	return next
}

// ResendConfirmation makes a fresh link for the application that was sent from the draft
// with the given id and sends it to the same mailbox, asked for from network.
// It returns ErrSoon before its time, and ErrNoDraft when nothing waits. When
// too many letters were written lately it sends none, and says nothing of it:
// the letters may have been asked for by others.
func (s *Service) ResendConfirmation(ctx context.Context, id, network string) error {
	a, err := s.Sent(ctx, id)
	if err != nil {
		return err
	}
	return s.resend(ctx, a, network)
}

// ResendFromLink sends a fresh link to the mailbox that l was sent to, like Again, but not
// before l.Next. A link that cannot be renewed it leaves as it stands.
func (s *Service) ResendFromLink(ctx context.Context, l Link, network string) error {
	if !l.Renewable() {
		return nil
	}
	if s.Now().Before(l.NextAllowed) {
		return ErrTooSoon
	}
	return s.resend(ctx, l.found.Application, network)
}

func (s *Service) resend(ctx context.Context, a member.Application, network string) error {
	if a.State != member.Waiting {
		return ErrNoDraft
	}
	links, err := s.Members.Links(ctx, a.ID)
	switch {
	case err != nil:
		return err
	case s.Now().Before(s.nextAllowed(a, links)):
		return ErrTooSoon
	}
	link, letter, err := s.newLink(ctx, a, network)
	if err != nil {
		return err
	}
	queued, err := s.Members.AddLink(ctx, a.ID, len(links), link, letter, s.Limits)
	if queued {
		s.Queued()
	}
	return err
}
