package confirm

import (
	"context"
	"errors"
	"slices"
	"time"

	"joinery/app/mail"
	"joinery/app/member"
)

// How many waiting applications with one address are looked at, and how many of them get a
// letter by one request. They need not all belong to the reader of the mailbox.
const (
	maxResendRead = 100
	maxResent     = 5
)

// LetterTime is how long a letter that was delivered has before a request by address makes
// another: anybody can ask, and the new letter takes its link away.
const LetterTime = 30 * time.Minute

// ResendByEmail does what ResendConfirmation does for applications that wait with an
// address, which must be canonical: first for those whose letter did not go out, then for
// those that were asked for longest ago. Those for which it is too soon are left out.
func (s *Service) ResendByEmail(ctx context.Context, email, network string) error {
	resendable, err := s.resendable(ctx, email)
	errs := []error{err}
	for sent := 0; sent < maxResent && len(resendable) > 0; resendable = resendable[1:] {
		err := s.ResendConfirmation(ctx, resendable[0].Application, network)
		if errors.Is(err, ErrTooSoon) || errors.Is(err, ErrNoApplication) {
			continue
		}
		errs = append(errs, err)
		sent++
	}
	return errors.Join(errs...)
}

// A resendable application may get another letter.
type resendable struct {
	member.Application
	asked time.Time // when a letter was asked for last; zero: that one did not go out
}

// resendable returns the waiting applications with an address, in the order of
// ResendByEmail.
func (s *Service) resendable(ctx context.Context, email string) (all []resendable, err error) {
	waiting, err := s.o.Members.WaitingByEmail(ctx, email, maxResendRead)
	if err != nil {
		return nil, err
	}
	for _, a := range waiting {
		links, err := s.o.Members.Links(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		c, err := s.confirmation(ctx, a, links)
		if err != nil {
			return nil, err
		}
		r := resendable{Application: a}
		if c.State == mail.Accepted {
			r.asked = links[0].CreatedAt
		}
		if !s.overdue(a) && !s.o.Now().Before(c.NextAllowed) && !s.hasFreshLetter(a, links, c.Delivery) {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b resendable) int { return a.asked.Compare(b.asked) })
	return all, nil
}

// hasFreshLetter reports whether the newest letter was delivered just now and works.
func (s *Service) hasFreshLetter(a member.Application, links []member.Link, d mail.Delivery) bool {
	now := s.o.Now()
	return d.State == mail.Accepted && now.Before(d.At.Add(LetterTime)) && s.newestWorksUntil(links, a.Held).After(now)
}
