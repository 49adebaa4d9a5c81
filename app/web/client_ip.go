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
	client, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	client = client.Unmap()
	var lines []string // some proxies add a line instead of an item
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		lines = append(lines, string(line))
	}
	addresses := strings.Split(strings.Join(lines, ","), ",")
	for i := len(addresses) - 1; i >= 0 && s.trusted(client); i-- {
		forwarded, err := netip.ParseAddr(strings.TrimSpace(addresses[i]))
		if err != nil {
			break
		}
		client = forwarded.Unmap()
	}
	return client
}

// trusted reports whether an address is that of a trusted proxy.
func (s *Server) trusted(ip netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
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
