package web

import (
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"joinery/app/address"
	"joinery/app/dnstest"
)

// nameServer lets the site look up domains at a DNS server. The server denies every
// domain, and does not answer for domains that begin with silent.
func (s *site) nameServer(t *testing.T) *dnstest.Server {
	t.Helper()
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	server := dnstest.Start(t, func(name string, _ dnsmessage.Type) dnstest.Answer {
		answer := dnstest.NoSuchDomain
		if strings.HasPrefix(name, "silent") {
			answer.After = over
		}
		return answer
	})
	s.server.MX = &address.MXChecker{Resolver: server.Resolver(), Now: s.now}
	return server
}
