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
	maxLookups    = 8    // at the same time
	maxRemembered = 1000 // domains
	lookupTimeout = 2 * time.Second
)

// A MXChecker knows from the DNS which domains take mail. It remembers up to
// 1000 of them, an answer for an hour and a failure for a minute, and asks about
// 8 at the same time. A nil Directory asks nobody and knows nothing: that is the
// one to use where the DNS denies all that lies outside. It may be used
// concurrently.
type MXChecker struct {
	Resolver *net.Resolver    // nil: the system's
	Now      func() time.Time // the clock by which it forgets

	mu      sync.Mutex
	lookups map[string]*lookup // by domain
	running int
}

// A lookup is one question to the DNS, and later its answer.
type lookup struct {
	done          chan struct{} // closed when it is
	undeliverable bool          // what Unreachable reports; read it after the answer
	expiresAt     time.Time     // when it is forgotten; zero: not answered yet
}

// Undeliverable reports whether it is known that no mail can be delivered to
// domain, which is canonical: it has neither an MX nor an address record, or
// its MX says that it takes no mail (RFC 7505). It is false when nobody knows,
// be it that the DNS fails or is slow or that there is too much to ask.
//
// Unless the answer is remembered, it begins to ask, and waits no longer than
// ctx. The question itself goes on for up to two seconds, so that a later call
// may know: one whose ctx is done already answers at once.
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
	default: // or a ctx that is done might hide the answer
	}
	select {
	case <-l.done:
		return l.undeliverable
	case <-ctx.Done():
		return false
	}
}

// findOrStart returns what is remembered or under way about domain, or else begins
// to ask. It returns nil if that would be too much at the same time.
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

// resolve asks about domain and makes the resolve known.
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
// behind it keeps resolvers from looking for it in our own network. IPv4 and
// IPv6 are two questions: of one for both, a failed half may be passed over.
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
