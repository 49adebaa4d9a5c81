package web

import (
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"joinery/app/address"
	"joinery/app/dnstest"
)

// nameServer has the site ask a DNS server about domains. The server knows that
// there are none, and does not answer about those that begin with silent.
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
