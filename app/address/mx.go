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

	mu       sync.Mutex
	lookups  map[string]*lookup // by domain
	underWay int
}

// A lookup is one question to the DNS, and later its answer.
type lookup struct {
	answered chan struct{} // closed when it is
	dead     bool          // what Unreachable reports; read it after the answer
	until    time.Time     // when it is forgotten; zero: not answered yet
}

// Undeliverable reports whether it is known that no mail can be delivered to
// domain, which is canonical: it has neither an MX nor an address record, or
// its MX says that it takes no mail (RFC 7505). It is false when nobody knows,
// be it that the DNS fails or is slow or that there is too much to ask.
//
// Unless the answer is remembered, it begins to ask, and waits no longer than
// ctx. The question itself goes on for up to two seconds, so that a later call
// may know: one whose ctx is done already answers at once.
func (d *MXChecker) Undeliverable(ctx context.Context, domain string) bool {
	if d == nil {
		return false
	}
	l := d.lookup(domain)
	if l == nil {
		return false
	}
	select {
	case <-l.answered:
		return l.dead
	default: // or a ctx that is done might hide the answer
	}
	select {
	case <-l.answered:
		return l.dead
	case <-ctx.Done():
		return false
	}
}

// lookup returns what is remembered or under way about domain, or else begins
// to ask. It returns nil if that would be too much at the same time.
func (d *MXChecker) lookup(domain string) *lookup {
	d.mu.Lock()
	defer d.mu.Unlock()
	if l, ok := d.lookups[domain]; ok && (l.until.IsZero() || d.Now().Before(l.until)) {
		return l
	}
	if d.underWay == maxLookups {
		return nil
	}
	if d.lookups == nil {
		d.lookups = make(map[string]*lookup)
	}
	if len(d.lookups) >= maxRemembered {
		maps.DeleteFunc(d.lookups, func(_ string, l *lookup) bool { return !l.until.IsZero() })
	}
	l := &lookup{answered: make(chan struct{})}
	d.lookups[domain] = l
	d.underWay++
	go d.answer(l, domain)
	return l
}

// answer asks about domain and makes the answer known.
func (d *MXChecker) answer(l *lookup, domain string) {
	ctx, cancel := context.WithTimeout(context.Background(), lookupTimeout)
	defer cancel()
	dead, err := undeliverable(ctx, d.Resolver, domain)
	d.mu.Lock()
	defer d.mu.Unlock()
	l.dead, l.until = dead, d.Now().Add(time.Hour)
	if err != nil {
		l.until = d.Now().Add(time.Minute)
	}
	d.underWay--
	close(l.answered)
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
		if missing(err) {
			_, err = r.LookupNetIP(ctx, network, domain+".")
		}
	}
	if missing(err) {
		return true, nil
	}
	return false, err
}

// missing reports whether err says that the DNS has no such record.
func missing(err error) bool {
	dns := (*net.DNSError)(nil)
	return errors.As(err, &dns) && dns.IsNotFound
}
