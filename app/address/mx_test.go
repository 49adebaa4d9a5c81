package address

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"joinery/app/dnstest"

	"golang.org/x/net/dns/dnsmessage"
)

// newChecker returns an MXChecker that asks s, and its clock, which stands still.
func newChecker(s *dnstest.Server) (*MXChecker, *time.Time) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	return &MXChecker{Resolver: s.Resolver(), Now: func() time.Time { return now }}, &now
}

// canceledContext returns a context that is done.
func canceledContext(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func TestUndeliverableFollowsFromTheDNS(t *testing.T) {
	tests := []struct {
		name         string
		mx, ip4, ip6 dnstest.Answer
		want         bool
	}{
		{"mail exchanger", dnstest.MX("mail.example."), dnstest.NoSuchRecord, dnstest.NoSuchRecord, false},
		{"mail exchanger whose addresses cannot be found", dnstest.MX("mail.example."), dnstest.ServFail, dnstest.ServFail, false},
		{"only an IPv4 address", dnstest.NoSuchRecord, dnstest.IPv4, dnstest.NoSuchRecord, false},
		{"only an IPv6 address", dnstest.NoSuchRecord, dnstest.NoSuchRecord, dnstest.IPv6, false},
		{"no such domain", dnstest.NoSuchDomain, dnstest.NoSuchDomain, dnstest.NoSuchDomain, true},
		{"neither mail exchanger nor address", dnstest.NoSuchRecord, dnstest.NoSuchRecord, dnstest.NoSuchRecord, true},
		{"accepts no mail", dnstest.MX("."), dnstest.NoSuchRecord, dnstest.NoSuchRecord, true},
		{"accepts no mail and has an address", dnstest.MX("."), dnstest.IPv4, dnstest.IPv6, true},
		{"accepts no mail and yet has an exchanger", dnstest.MX(".", "mail.example."), dnstest.NoSuchRecord, dnstest.NoSuchRecord, false},
		{"server fails", dnstest.ServFail, dnstest.ServFail, dnstest.ServFail, false},
		{"server fails for the exchanger", dnstest.ServFail, dnstest.NoSuchRecord, dnstest.NoSuchRecord, false},
		{"server fails for IPv4", dnstest.NoSuchRecord, dnstest.ServFail, dnstest.NoSuchRecord, false},
		{"server fails for IPv6", dnstest.NoSuchRecord, dnstest.NoSuchRecord, dnstest.ServFail, false},
		{"server refuses", dnstest.Refused, dnstest.Refused, dnstest.Refused, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := dnstest.Start(t, func(_ string, about dnsmessage.Type) dnstest.Answer {
				return map[dnsmessage.Type]dnstest.Answer{dnsmessage.TypeMX: tt.mx, dnsmessage.TypeA: tt.ip4, dnsmessage.TypeAAAA: tt.ip6}[about]
			})
			d, _ := newChecker(s)
			if got := d.Undeliverable(t.Context(), "clinic.example"); got != tt.want {
				t.Errorf("Undeliverable = %v, want %v", got, tt.want)
			}
			if names := s.Names(); !slices.Equal(names, []string{"clinic.example."}) {
				t.Errorf("asked about %q, want the domain alone", names)
			}
		})
	}
}

func TestANilCheckerKnowsNothing(t *testing.T) {
	if (*MXChecker)(nil).Undeliverable(t.Context(), "nowhere.example") {
		t.Error("a nil MXChecker knows an undeliverable domain")
	}
}

func TestUndeliverableWaitsNoLongerThanItsContext(t *testing.T) {
	slow := dnstest.NoSuchDomain
	slow.After = make(chan struct{})
	s := dnstest.Start(t, dnstest.Always(slow))
	d, _ := newChecker(s)
	if d.Undeliverable(canceledContext(t), "slow.example") {
		t.Error("a domain is undeliverable before the answer")
	}
	close(slow.After)
	if !d.Undeliverable(t.Context(), "slow.example") {
		t.Error("the answer of the lookup that went on is not seen")
	}
	for range 20 { // select chooses at random among two ready channels
		if !d.Undeliverable(canceledContext(t), "slow.example") {
			t.Fatal("a call that does not wait misses the known answer")
		}
	}
	if n := s.Questions("slow.example."); n != 1 {
		t.Errorf("the DNS was asked %d times, want once", n)
	}
}

func TestConcurrentCallsShareOneLookup(t *testing.T) {
	slow := dnstest.NoSuchDomain
	slow.After = make(chan struct{})
	s := dnstest.Start(t, dnstest.Always(slow))
	d, _ := newChecker(s)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if !d.Undeliverable(t.Context(), "slow.example") {
				t.Error("a waiting call misses the answer")
			}
		})
	}
	<-s.Asked
	close(slow.After)
	all.Wait()
	if n := s.Questions("slow.example."); n != 1 {
		t.Errorf("the DNS was asked %d times, want once", n)
	}
}

func TestAnAnswerIsRememberedForAnHour(t *testing.T) {
	s := dnstest.Start(t, dnstest.Always(dnstest.NoSuchDomain))
	d, now := newChecker(s)
	if !d.Undeliverable(t.Context(), "new.example") {
		t.Error("a domain that does not exist is not undeliverable")
	}
	s.AnswerAll(dnstest.MX("mail.example."))
	*now = now.Add(time.Hour - 1)
	if !d.Undeliverable(t.Context(), "new.example") {
		t.Error("the answer is forgotten within the hour")
	}
	*now = now.Add(1)
	if d.Undeliverable(t.Context(), "new.example") {
		t.Error("the answer is not forgotten after an hour")
	}
	if n := s.Questions("new.example."); n != 2 {
		t.Errorf("the DNS was asked %d times, want twice", n)
	}
}

func TestAFailureIsRememberedForAMinute(t *testing.T) {
	s := dnstest.Start(t, dnstest.Always(dnstest.Refused))
	d, now := newChecker(s)
	if d.Undeliverable(t.Context(), "new.example") {
		t.Error("a domain is undeliverable although the DNS refuses to answer")
	}
	s.AnswerAll(dnstest.NoSuchDomain)
	*now = now.Add(time.Minute - 1)
	if d.Undeliverable(t.Context(), "new.example") {
		t.Error("the DNS is asked again within the minute")
	}
	*now = now.Add(1)
	if !d.Undeliverable(t.Context(), "new.example") {
		t.Error("the DNS is not asked again after a minute")
	}
}

// TestALookupEndsAfterTwoSeconds takes those two seconds.
func TestALookupEndsAfterTwoSeconds(t *testing.T) {
	silent := dnstest.Answer{After: make(chan struct{})}
	t.Cleanup(func() { close(silent.After) })
	s := dnstest.Start(t, func(name string, _ dnsmessage.Type) dnstest.Answer {
		if name == "nowhere.example." {
			return dnstest.NoSuchDomain
		}
		return silent
	})
	d, _ := newChecker(s)
	for n := range maxLookups {
		d.Undeliverable(canceledContext(t), fmt.Sprintf("silent%d.example", n))
	}
	for range maxLookups {
		<-s.Asked
	}
	if d.Undeliverable(t.Context(), "nowhere.example") || s.Questions("nowhere.example.") > 0 {
		t.Error("a lookup starts beyond the limit")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	for n := range maxLookups {
		if domain := fmt.Sprintf("silent%d.example", n); d.Undeliverable(ctx, domain) {
			t.Errorf("%s is undeliverable although the DNS did not answer", domain)
		}
	}
	if ctx.Err() != nil {
		t.Error("the lookups do not end within four seconds")
	}
	if !d.Undeliverable(t.Context(), "nowhere.example") {
		t.Error("no lookup starts after others have ended")
	}
}

func TestRememberedDomainsAreBounded(t *testing.T) {
	slow := dnstest.NoSuchDomain
	slow.After = make(chan struct{})
	s := dnstest.Start(t, func(name string, _ dnsmessage.Type) dnstest.Answer {
		if name == "slow.example." {
			return slow
		}
		return dnstest.MX("mail.example.")
	})
	d, _ := newChecker(s)
	d.Undeliverable(canceledContext(t), "slow.example")
	most := 0
	for n := range maxRemembered + 10 {
		domain := fmt.Sprintf("d%d.example", n)
		for range 2 {
			if d.Undeliverable(t.Context(), domain) {
				t.Fatalf("%s is undeliverable, want it deliverable", domain)
			}
		}
		if times := s.Questions(domain + "."); times != 1 {
			t.Fatalf("the DNS was asked %d times about %s, want once", times, domain)
		}
		d.mu.Lock()
		most = max(most, len(d.lookups))
		d.mu.Unlock()
	}
	if most != maxRemembered {
		t.Errorf("%d domains are remembered at most, want %d", most, maxRemembered)
	}
	close(slow.After)
	if !d.Undeliverable(t.Context(), "slow.example") || s.Questions("slow.example.") != 1 {
		t.Error("a running lookup is forgotten")
	}
}
