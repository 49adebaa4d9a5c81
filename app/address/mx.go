package address

import (
	"context"
	"errors"
	"maps"
	"net"
	"slices"
	"sync"
	"time"
)

const (
	maxLookups    = 8    // that run at the same time
	maxRemembered = 1000 // domains
	lookupTimeout = 2 * time.Second
)

// An MXChecker knows from the DNS which domains accept mail. It remembers up to 1,000
// domains, an answer for an hour and a failure for a minute, and runs up to 8
// lookups at the same time. A nil MXChecker asks nothing and knows nothing; it is
// for installations whose DNS denies all names outside. An MXChecker may be used
// concurrently.
type MXChecker struct {
	Resolver *net.Resolver    // nil: that of the system
	Now      func() time.Time // the clock that decides when an answer expires

	mu      sync.Mutex
	lookups map[string]*lookup // by domain
	running int                // the number of lookups that are not done
}

// A lookup is one question to the DNS and, once it is done, the answer.
type lookup struct {
	done          chan struct{} // closed when the answer is there
	undeliverable bool          // the answer; not to be read before done is closed
	expiresAt     time.Time     // zero: the lookup is not done
}

// Undeliverable reports whether the DNS says that no mail can be delivered to domain,
// which is canonical: the domain has neither an MX nor an address record, or its MX
// record says that it accepts no mail (RFC 7505). It returns false while the answer
// is not known: if the DNS fails or is slow, or too many lookups are running.
//
// If the answer is not remembered, Undeliverable starts a lookup and waits for it no
// longer than ctx. The lookup itself goes on for up to two seconds, so that a later
// call has the answer. A call whose ctx is done returns at once what is known.
func (c *MXChecker) Undeliverable(ctx context.Context, domain string) bool {
	if c == nil {
		return false
	}
	l := c.findOrStart(domain)
	if l == nil {
		return false
	}
	select {
	case <-l.done:
		return l.undeliverable
	default: // select chooses at random, and ctx may be done as well
	}
	select {
	case <-l.done:
		return l.undeliverable
	case <-ctx.Done():
		return false
	}
}

// findOrStart returns the remembered or running lookup of domain, or starts one. It
// returns nil if too many are running.
func (c *MXChecker) findOrStart(domain string) *lookup {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l, ok := c.lookups[domain]; ok && (l.expiresAt.IsZero() || c.Now().Before(l.expiresAt)) {
		return l
	}
	if c.running == maxLookups {
		return nil
	}
	if c.lookups == nil {
		c.lookups = make(map[string]*lookup)
	}
	if len(c.lookups) >= maxRemembered {
		maps.DeleteFunc(c.lookups, func(_ string, l *lookup) bool { return !l.expiresAt.IsZero() })
	}
	l := &lookup{done: make(chan struct{})}
	c.lookups[domain] = l
	c.running++
	go c.resolve(l, domain)
	return l
}

// resolve asks the DNS about domain and completes l with the answer.
func (c *MXChecker) resolve(l *lookup, domain string) {
	ctx, cancel := context.WithTimeout(context.Background(), lookupTimeout)
	defer cancel()
	result, err := undeliverable(ctx, c.Resolver, domain)
	c.mu.Lock()
	defer c.mu.Unlock()
	l.undeliverable, l.expiresAt = result, c.Now().Add(time.Hour)
	if err != nil {
		l.expiresAt = c.Now().Add(time.Minute)
	}
	c.running--
	close(l.done)
}

// undeliverable asks the DNS whether no mail can be delivered to domain. The dot
// behind domain keeps resolvers from searching for it in the local network. IPv4 and
// IPv6 are two lookups, because one for both may ignore that half of it failed.
func undeliverable(ctx context.Context, r *net.Resolver, domain string) (bool, error) {
	servers, err := r.LookupMX(ctx, domain+".")
	if err == nil {
		return !slices.ContainsFunc(servers, func(mx *net.MX) bool { return mx.Host != "." }), nil
	}
	for _, network := range []string{"ip4", "ip6"} {
		if isNotFound(err) {
			_, err = r.LookupNetIP(ctx, network, domain+".")
		}
	}
	if isNotFound(err) {
		return true, nil
	}
	return false, err
}

// isNotFound reports whether err says that the DNS has no such record.
func isNotFound(err error) bool {
	dns := (*net.DNSError)(nil)
	return errors.As(err, &dns) && dns.IsNotFound
}
