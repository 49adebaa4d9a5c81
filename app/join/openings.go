package join

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"joinery/app/address"
	"joinery/app/mail"
	"joinery/app/member"
)

// scannerWindow is how soon after its delivery nobody opens a letter, but programs that
// look into mail do.
const scannerWindow = 10 * time.Second

// linkOpens are counted here and stored once a minute: opening a link writes
// nothing.
type linkOpens struct {
	mu     sync.Mutex
	counts map[member.LinkOpen]int
}

// RecordOpen counts that a link was opened with an HTTP method, by the browser that
// sent the application or by a stranger. It keeps no more of the mailbox than
// its domain, and that only if it is a common one: others may name a person.
func (s *Service) RecordOpen(ctx context.Context, l Link, method string, own bool) {
	if own || l.found.State != member.Waiting {
		return
	}
	manners := []member.OpenKind{member.ByOtherBrowser}
	if method == http.MethodHead {
		manners = append(manners, member.ByHEAD)
	}
	if s.soonAfterDelivery(ctx, l) {
		manners = append(manners, member.WithinSeconds)
	}
	for _, m := range manners {
		s.openings.add(member.LinkOpen{Day: s.Now().UTC().Format(time.DateOnly), Domain: countedDomain(l.found.Email), Kind: m}, 1)
	}
}

func (o *linkOpens) add(opening member.LinkOpen, n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.counts == nil {
		o.counts = make(map[member.LinkOpen]int)
	}
	o.counts[opening] += n
}

// soonAfterDelivery reports whether the letter with l was delivered just now, or is under
// way: servers that look into mail do so before they take it.
func (s *Service) soonAfterDelivery(ctx context.Context, l Link) bool {
	delivery, err := s.Members.Delivery(ctx, l.found.Link.Letter)
	return err == nil && (delivery.State == mail.Queued || delivery.State == mail.Accepted && s.Now().Before(delivery.At.Add(scannerWindow)))
}

// countedDomain returns as much of an address as is counted by.
func countedDomain(email string) string {
	if domain := address.Domain(email); address.IsCommonDomain(domain) {
		return domain
	}
	return member.OtherDomains
}

// FlushOpens stores what was counted since the last time, and what could not be
// stored then. [Service.Run] does so once a minute and in the end.
func (s *Service) FlushOpens(ctx context.Context) error {
	s.openings.mu.Lock()
	counts := s.openings.counts
	s.openings.counts = nil
	s.openings.mu.Unlock()
	var errs []error
	for opening, n := range counts {
		if err := s.Members.AddLinkOpens(ctx, opening, n); err != nil {
			s.openings.add(opening, n)
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
