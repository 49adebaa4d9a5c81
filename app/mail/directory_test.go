package mail

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// directory returns a Directory that asks s, and a clock for it that stands.
func (s *dnsServer) directory() (*MXChecker, *time.Time) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	return &MXChecker{Resolver: s.resolver(), Now: func() time.Time { return now }}, &now
}

// isOver returns a context that is done.
func isOver(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func TestUnreachable(t *testing.T) {
	tests := []struct {
		name         string
		mx, ip4, ip6 dnsAnswer
		want         bool
	}{
		{"mail exchanger", exchangers("mail.example."), noSuchRecord, noSuchRecord, false},
		{"mail exchanger whose addresses are not to be had", exchangers("mail.example."), servFail, servFail, false},
		{"only an IPv4 address", noSuchRecord, address4, noSuchRecord, false},
		{"only an IPv6 address", noSuchRecord, noSuchRecord, address6, false},
		{"no such domain", noSuchDomain, noSuchDomain, noSuchDomain, true},
		{"neither mail exchanger nor address", noSuchRecord, noSuchRecord, noSuchRecord, true},
		{"takes no mail", exchangers("."), noSuchRecord, noSuchRecord, true},
		{"takes no mail and has an address", exchangers("."), address4, address6, true},
		{"takes no mail and yet has an exchanger", exchangers(".", "mail.example."), noSuchRecord, noSuchRecord, false},
		{"server fails", servFail, servFail, servFail, false},
		{"server fails for the exchanger", servFail, noSuchRecord, noSuchRecord, false},
		{"server fails for IPv4", noSuchRecord, servFail, noSuchRecord, false},
		{"server fails for IPv6", noSuchRecord, noSuchRecord, servFail, false},
		{"server refuses", refused, refused, refused, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := startDNS(t, func(_ string, about dnsmessage.Type) dnsAnswer {
				return map[dnsmessage.Type]dnsAnswer{dnsmessage.TypeMX: tt.mx, dnsmessage.TypeA: tt.ip4, dnsmessage.TypeAAAA: tt.ip6}[about]
			})
			d, _ := s.directory()
			if got := d.Undeliverable(t.Context(), "clinic.example"); got != tt.want {
				t.Errorf("Unreachable = %v, want %v", got, tt.want)
			}
			if names := s.askedAbout(); !slices.Equal(names, []string{"clinic.example."}) {
				t.Errorf("asks about %q, want the domain alone", names)
			}
		})
	}
}

func TestNoDirectoryKnowsNothing(t *testing.T) {
	if (*MXChecker)(nil).Undeliverable(t.Context(), "nowhere.example") {
		t.Error("a domain is unreachable that nobody asked about")
	}
}

func TestUnreachableWaitsNoLongerThanItsContext(t *testing.T) {
	slow := noSuchDomain
	slow.after = make(chan struct{})
	s := startDNS(t, always(slow))
	d, _ := s.directory()
	if d.Undeliverable(isOver(t), "slow.example") {
		t.Error("a domain is unreachable before the answer")
	}
	close(slow.after)
	if !d.Undeliverable(t.Context(), "slow.example") {
		t.Error("the answer of the lookup that went on is not seen")
	}
	for range 20 { // which of two ready channels is chosen is random
		if !d.Undeliverable(isOver(t), "slow.example") {
			t.Fatal("who does not wait does not see what is known")
		}
	}
	if n := s.questions("slow.example."); n != 1 {
		t.Errorf("the DNS was asked %d times, want once", n)
	}
}

func TestManyWaitForOneLookup(t *testing.T) {
	slow := noSuchDomain
	slow.after = make(chan struct{})
	s := startDNS(t, always(slow))
	d, _ := s.directory()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if !d.Undeliverable(t.Context(), "slow.example") {
				t.Error("one of those who waited was told nothing")
			}
		})
	}
	<-s.asked
	close(slow.after)
	all.Wait()
	if n := s.questions("slow.example."); n != 1 {
		t.Errorf("the DNS was asked %d times, want once", n)
	}
}

func TestAnAnswerIsRememberedForAnHour(t *testing.T) {
	s := startDNS(t, always(noSuchDomain))
	d, now := s.directory()
	if !d.Undeliverable(t.Context(), "new.example") {
		t.Error("a domain that does not exist is not unreachable")
	}
	s.says(exchangers("mail.example."))
	*now = now.Add(time.Hour - 1)
	if !d.Undeliverable(t.Context(), "new.example") {
		t.Error("the answer is forgotten within the hour")
	}
	*now = now.Add(1)
	if d.Undeliverable(t.Context(), "new.example") {
		t.Error("the answer is not forgotten after an hour")
	}
	if n := s.questions("new.example."); n != 2 {
		t.Errorf("the DNS was asked %d times, want twice", n)
	}
}

func TestAFailureIsRememberedForAMinute(t *testing.T) {
	s := startDNS(t, always(refused))
	d, now := s.directory()
	if d.Undeliverable(t.Context(), "new.example") {
		t.Error("a domain is unreachable that the DNS says nothing about")
	}
	s.says(noSuchDomain)
	*now = now.Add(time.Minute - 1)
	if d.Undeliverable(t.Context(), "new.example") {
		t.Error("the DNS is asked again within the minute")
	}
	*now = now.Add(1)
	if !d.Undeliverable(t.Context(), "new.example") {
		t.Error("the DNS is not asked again after a minute")
	}
}

// TestASilentDNSIsLeft takes the two seconds that a lookup has.
func TestASilentDNSIsLeft(t *testing.T) {
	silent := dnsAnswer{after: make(chan struct{})}
	t.Cleanup(func() { close(silent.after) })
	s := startDNS(t, func(name string, _ dnsmessage.Type) dnsAnswer {
		if name == "nowhere.example." {
			return noSuchDomain
		}
		return silent
	})
	d, _ := s.directory()
	for n := range maxLookups {
		d.Undeliverable(isOver(t), fmt.Sprintf("silent%d.example", n))
	}
	for range maxLookups {
		<-s.asked
	}
	if d.Undeliverable(t.Context(), "nowhere.example") || s.questions("nowhere.example.") > 0 {
		t.Error("the DNS is asked beside as many lookups as there may be")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	for n := range maxLookups {
		if domain := fmt.Sprintf("silent%d.example", n); d.Undeliverable(ctx, domain) {
			t.Errorf("%s is unreachable, about which the DNS said nothing", domain)
		}
	}
	if ctx.Err() != nil {
		t.Error("the lookups do not end by themselves")
	}
	if !d.Undeliverable(t.Context(), "nowhere.example") {
		t.Error("a domain that nothing could be said about is not asked about when there is room")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	slow := noSuchDomain
	slow.after = make(chan struct{})
	s := startDNS(t, func(name string, _ dnsmessage.Type) dnsAnswer {
		if name == "slow.example." {
			return slow
		}
		return exchangers("mail.example.")
	})
	d, _ := s.directory()
	d.Undeliverable(isOver(t), "slow.example")
	most := 0
	for n := range maxRemembered + 10 {
		domain := fmt.Sprintf("d%d.example", n)
		for range 2 {
			if d.Undeliverable(t.Context(), domain) {
				t.Fatalf("%s is unreachable, want it reachable", domain)
			}
		}
		if times := s.questions(domain + "."); times != 1 {
			t.Fatalf("the DNS was asked %d times about %s, want once", times, domain)
		}
		d.mu.Lock()
		most = max(most, len(d.lookups))
		d.mu.Unlock()
	}
	if most != maxRemembered {
		t.Errorf("%d domains are remembered at most, want %d", most, maxRemembered)
	}
	close(slow.after)
	if !d.Undeliverable(t.Context(), "slow.example") || s.questions("slow.example.") != 1 {
		t.Error("a lookup that was under way is forgotten")
	}
}
