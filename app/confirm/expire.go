package confirm

import (
	"context"
	"time"

	"joinery/app/member"
)

// EndsAt returns when an application ends if it is not confirmed.
func (s *Service) EndsAt(a member.Application) time.Time { return a.Sent.Add(s.o.WaitingTTL) }

// overdue reports whether an application was not confirmed in time. Pages go by it
// before Expire has ended the application.
func (s *Service) overdue(a member.Application) bool { return !s.o.Now().Before(s.EndsAt(a)) }

// Expire ends the applications that were not confirmed in time. Call it every hour.
func (s *Service) Expire(ctx context.Context) error {
	return s.o.Members.Expire(ctx, s.o.Now().Add(-s.o.WaitingTTL), s.o.Now())
}
