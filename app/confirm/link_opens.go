package confirm

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

// scannerWindow is how soon after its delivery no person opens a letter, but
// programs that look into mail do.
const scannerWindow = 10 * time.Second

// linkOpens counts how links are opened. The counts are stored once a minute:
// open a link writes nothing.
type linkOpens struct {
	mu     sync.Mutex
	counts map[member.LinkOpen]int
}

// RecordOpen counts that a link was opened with an HTTP method, by another browser
// than the one that applied; own: by that one, which is not counted. Of the
// mailbox it keeps no more than the domain, and that only if it is a common one:
// others may name a person.
func (s *Service) RecordOpen(ctx context.Context, l Link, method string, own bool) {
	if own || l.found.State != member.Waiting {
		return
	}
	kinds := []member.OpenKind{member.ByOtherBrowser}
	if method == http.MethodHead {
		kinds = append(kinds, member.ByHEAD)
	}
	if s.soonAfterDelivery(ctx, l) {
		kinds = append(kinds, member.WithinSeconds)
	}
	for _, kind := range kinds {
		s.opens.add(member.LinkOpen{Day: s.o.Now().UTC().Format(time.DateOnly), Domain: countedDomain(l.found.Email), Kind: kind}, 1)
	}
}

func (o *linkOpens) add(open member.LinkOpen, n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.counts == nil {
		o.counts = make(map[member.LinkOpen]int)
	}
	o.counts[open] += n
}

// soonAfterDelivery reports whether the letter with l was delivered just now, or
// is under way: servers that look into mail do so before they take it.
func (s *Service) soonAfterDelivery(ctx context.Context, l Link) bool {
	delivery, err := s.o.Members.Delivery(ctx, l.found.Link.Letter)
	return err == nil && (delivery.State == mail.Queued || delivery.State == mail.Accepted && s.o.Now().Before(delivery.At.Add(scannerWindow)))
}

// countedDomain returns the domain under which an open is counted.
func countedDomain(email string) string {
	if domain := address.Domain(email); address.IsCommonDomain(domain) {
		return domain
	}
	return member.OtherDomains
}

// FlushOpens stores what was counted since the last call, and what could not be
// stored then. Call it once a minute and at the end.
func (s *Service) FlushOpens(ctx context.Context) error {
	s.opens.mu.Lock()
	counts := s.opens.counts
	s.opens.counts = nil
	s.opens.mu.Unlock()
	var errs []error
	for open, n := range counts {
		if err := s.o.Members.AddLinkOpens(ctx, open, n); err != nil {
			s.opens.add(open, n)
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
