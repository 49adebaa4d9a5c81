package join

import (
	"context"
	"errors"
	"time"

	"joinery/app/mail"
	"joinery/app/member"
)

// ErrSoon reports that a letter was asked for sooner than another one can be.
var ErrSoon = errors.New("join: another letter cannot be asked for yet")

// pauses are how long to wait after the first letter, the second and so on: mail
// takes its time, and a mailbox is not to be filled.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 10 * time.Minute, 20 * time.Minute}

// A Post is the letter that was asked for last to confirm an application.
type Post struct {
	mail.Delivery           // Queued also while there were too many letters to write it
	Next          time.Time // from when on another one can be asked for
}

// Post returns how the letter about a waiting application stands.
func (s *Service) Post(ctx context.Context, a member.Application) (Post, error) {
	links, err := s.Members.Links(ctx, a.ID)
	if err != nil {
		return Post{}, err
	}
	post := Post{mail.Delivery{State: mail.Queued}, s.next(a, links)}
	if len(links) > 0 && links[0].Letter != "" {
		post.Delivery, err = s.Members.Delivery(ctx, links[0].Letter)
	}
	return post, err
}

// next returns from when on another letter about a can be asked for: after a
// pause that grows, and not before those that were asked for leave room for one
// more in the budget. Whether they were written shows nowhere: others may have
// used the budget up.
func (s *Service) next(a member.Application, links []member.Link) time.Time {
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

// Again makes a fresh link for the application that was sent from the draft
// with the given id and sends it to the same mailbox, asked for from network.
// It returns ErrSoon before its time, and ErrNoDraft when nothing waits. When
// too many letters were written lately it sends none, and says nothing of it:
// the letters may have been asked for by others.
func (s *Service) Again(ctx context.Context, id, network string) error {
	a, err := s.Sent(ctx, id)
	if err != nil {
		return err
	}
	return s.relink(ctx, a, network)
}

// Renew sends a fresh link to the mailbox that l was sent to, like Again, but not
// before l.Next. A link that cannot be renewed it leaves as it stands.
func (s *Service) Renew(ctx context.Context, l Link, network string) error {
	if !l.Renewable() {
		return nil
	}
	if s.Now().Before(l.Next) {
		return ErrSoon
	}
	return s.relink(ctx, l.found.Application, network)
}

func (s *Service) relink(ctx context.Context, a member.Application, network string) error {
	if a.State != member.Waiting {
		return ErrNoDraft
	}
	links, err := s.Members.Links(ctx, a.ID)
	switch {
	case err != nil:
		return err
	case s.Now().Before(s.next(a, links)):
		return ErrSoon
	}
	link, letter, err := s.link(ctx, a, network)
	if err != nil {
		return err
	}
	queued, err := s.Members.AddLink(ctx, a.ID, len(links), link, letter, s.Limits)
	if queued {
		s.Queued()
	}
	return err
}
