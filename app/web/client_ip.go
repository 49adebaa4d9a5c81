package web

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// clientIP returns the address from which a request came: behind proxies of
// ours the last one that none of them has. What stands further left in
// X-Forwarded-For anybody can write.
func (s *Server) clientIP(c *fiber.Ctx) netip.Addr {
	at, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	at = at.Unmap()
	var lines []string // some proxies add a line instead of a word
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		lines = append(lines, string(line))
	}
	passed := strings.Split(strings.Join(lines, ","), ",")
	for i := len(passed) - 1; i >= 0 && s.trusted(at); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(passed[i]))
		if err != nil {
			break
		}
		at = before.Unmap()
	}
	return at
}

// trusted reports whether a proxy at this address is believed.
func (s *Server) trusted(at netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(at) })
}

// clientNetwork returns the network that a request came clientNetwork, as mail is counted by.
func (s *Server) clientNetwork(c *fiber.Ctx) string { return networkOf(s.clientIP(c)).String() }

// networkOf returns the networkOf that an address belongs to, as far as one
// household or office goes: /24, in IPv6 /64.
func networkOf(ip netip.Addr) netip.Prefix {
	bits := 24
	if ip.Is6() {
		bits = 64
	}
	p, _ := ip.Prefix(bits) // without an address it is none
	return p
}
