package web

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// clientIP returns the address of the client that made a request: behind trusted
// proxies, the rightmost address in X-Forwarded-For that is not a trusted proxy. A
// client can forge all that stands to the left of it.
//
// An entry that cannot be read ends the search at the proxy that wrote it. All clients
// behind that proxy are then one network, which is a nuisance; to skip the entry would
// believe the one to the left of it, which a client can make new for each request, and
// so evade every limit.
func (s *Server) clientIP(c *fiber.Ctx) netip.Addr {
	client, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	client = client.Unmap()
	entries := forwardedEntries(c)
	for i := len(entries) - 1; i >= 0 && s.trusted(client); i-- {
		forwarded, ok := parseForwarded(entries[i])
		if !ok {
			s.logUnreadable(entries[i])
			break
		}
		client = forwarded
	}
	return client
}

// forwardedEntries returns the entries of X-Forwarded-For. Some proxies add a line
// instead of an entry.
func forwardedEntries(c *fiber.Ctx) []string {
	var lines []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		lines = append(lines, string(line))
	}
	if len(lines) == 0 {
		return nil
	}
	return strings.Split(strings.Join(lines, ","), ",")
}

// parseForwarded returns the address in an entry of X-Forwarded-For, and whether it has
// one. Proxies also write quotes, brackets around IPv6, the port of the client, and the
// zone of an address, which means nothing on another machine.
func parseForwarded(entry string) (netip.Addr, bool) {
	entry = strings.TrimSpace(entry)
	if inner, ok := enclosed(entry, `"`, `"`); ok {
		entry = strings.TrimSpace(inner)
	}
	if withPort, err := netip.ParseAddrPort(entry); err == nil {
		return withPort.Addr().Unmap().WithZone(""), true
	}
	if inner, ok := enclosed(entry, "[", "]"); ok && strings.Contains(inner, ":") {
		entry = inner
	}
	ip, err := netip.ParseAddr(entry)
	return ip.Unmap().WithZone(""), err == nil
}

// enclosed returns the text between two marks, and whether text has both.
func enclosed(text, before, after string) (string, bool) {
	inner, begins := strings.CutPrefix(text, before)
	inner, ends := strings.CutSuffix(inner, after)
	return inner, begins && ends
}

// logPause is how long the log is silent about further entries that cannot be read.
const logPause = time.Minute

// logUnreadable logs, once in logPause, that an entry of X-Forwarded-For cannot be read.
// It logs the length only: the entry may contain the address of a person. An empty entry
// is no news, and must not take the turn of one that is.
func (s *Server) logUnreadable(entry string) {
	if strings.TrimSpace(entry) == "" {
		return
	}
	now, last := s.Now().UnixNano(), s.unreadableLogged.Load()
	if now-last < int64(logPause) || !s.unreadableLogged.CompareAndSwap(last, now) {
		return
	}
	s.Log.Warn("an entry of X-Forwarded-For cannot be read, so the clients of a proxy are one network", "bytes", len(strings.TrimSpace(entry)))
}

// trusted reports whether an address is that of a trusted proxy.
func (s *Server) trusted(ip netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// clientNetwork returns the network of the client, by which mail is counted.
func (s *Server) clientNetwork(c *fiber.Ctx) string { return networkOf(s.clientIP(c)).String() }

// networkOf returns the network of an address, the size of a household or an office:
// /24, in IPv6 /56, which providers give to one household. Of networks of /64 it would
// have 256.
func networkOf(ip netip.Addr) netip.Prefix {
	bits := 24
	if ip.Is6() {
		bits = 56
	}
	p, _ := ip.Prefix(bits) // without an address there is no network
	return p
}
