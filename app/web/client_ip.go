package web

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// clientIP returns the address of the client that made a request: behind trusted
// proxies, the rightmost address in X-Forwarded-For that is not a trusted proxy. A
// client can forge all that stands to the left of it.
func (s *Server) clientIP(c *fiber.Ctx) netip.Addr {
	at, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	at = at.Unmap()
	var lines []string // some proxies add a line instead of an item
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

// trusted reports whether an address is that of a trusted proxy.
func (s *Server) trusted(at netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(at) })
}

// clientNetwork returns the network of the client, by which mail is counted.
func (s *Server) clientNetwork(c *fiber.Ctx) string { return networkOf(s.clientIP(c)).String() }

// networkOf returns the network of an address, the size of a household or an office:
// /24, in IPv6 /64.
func networkOf(ip netip.Addr) netip.Prefix {
	bits := 24
	if ip.Is6() {
		bits = 64
	}
	p, _ := ip.Prefix(bits) // without an address there is no network
	return p
}
