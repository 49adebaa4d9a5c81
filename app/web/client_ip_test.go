package web

import (
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

func TestClientIP(t *testing.T) {
	t.Parallel()
	ours := []string{"10.0.0.0/8", "192.0.2.7/32", "fd00::/8"}
	tests := []struct {
		name    string
		proxies []string
		remote  string
		passed  []string // the lines of X-Forwarded-For
		want    string
	}{
		{"no proxy, no header", nil, "203.0.113.5", nil, "203.0.113.5"},
		{"no proxy is trusted: the client wrote the header", nil, "203.0.113.5", []string{"198.51.100.1"}, "203.0.113.5"},
		{"a stranger writes the header", ours, "203.0.113.5", []string{"198.51.100.1"}, "203.0.113.5"},
		{"a stranger claims to be a proxy", ours, "203.0.113.5", []string{"198.51.100.1, 10.0.0.1"}, "203.0.113.5"},
		{"a proxy of ours speaks for a client", ours, "10.0.0.1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"the client has forged the first words", ours, "10.0.0.1", []string{"127.0.0.1, 6.6.6.6, 198.51.100.1"}, "198.51.100.1"},
		{"the client claims to come from a proxy of ours", ours, "10.0.0.1", []string{"10.9.9.9, 198.51.100.1"}, "198.51.100.1"},
		{"two proxies of ours", ours, "10.0.0.1", []string{"6.6.6.6, 198.51.100.1, 192.0.2.7"}, "198.51.100.1"},
		{"each proxy adds a line", ours, "10.0.0.1", []string{"6.6.6.6", "198.51.100.1", "192.0.2.7"}, "198.51.100.1"},
		{"lines and words", ours, "10.0.0.1", []string{"6.6.6.6,7.7.7.7", "8.8.8.8 ,198.51.100.1"}, "198.51.100.1"},
		{"nothing but proxies", ours, "10.0.0.1", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"a proxy that says nothing", ours, "10.0.0.1", nil, "10.0.0.1"},
		{"an empty line", ours, "10.0.0.1", []string{""}, "10.0.0.1"},
		{"words that are no addresses", ours, "10.0.0.1", []string{"198.51.100.1, unknown"}, "10.0.0.1"},
		{"garbage behind a proxy", ours, "10.0.0.1", []string{"6.6.6.6, \xff<script>, 192.0.2.7"}, "192.0.2.7"},
		{"an empty word", ours, "10.0.0.1", []string{"198.51.100.1,"}, "10.0.0.1"},
		{"with a port", ours, "10.0.0.1", []string{"6.6.6.6, 198.51.100.1:47110"}, "198.51.100.1"},
		{"two proxies with ports", ours, "10.0.0.1", []string{"198.51.100.1:47110, 192.0.2.7:443"}, "198.51.100.1"},
		{"in quotes", ours, "10.0.0.1", []string{`"198.51.100.1"`}, "198.51.100.1"},
		{"in quotes with a port", ours, "10.0.0.1", []string{`"198.51.100.1:47110"`}, "198.51.100.1"},
		{"IPv6 with a port", ours, "10.0.0.1", []string{"[2001:db8::5]:47110"}, "2001:db8::5"},
		{"IPv6 in brackets", ours, "10.0.0.1", []string{"[2001:db8::5]"}, "2001:db8::5"},
		{"IPv6 in brackets and quotes", ours, "10.0.0.1", []string{`"[2001:db8::5]:47110"`}, "2001:db8::5"},
		{"IPv6 with a zone", ours, "10.0.0.1", []string{"fe80::5%eth0"}, "fe80::5"},
		{"IPv6 with a zone and a port", ours, "10.0.0.1", []string{"[fe80::5%25]:47110"}, "fe80::5"},
		{"a proxy of ours with a zone", ours, "10.0.0.1", []string{"198.51.100.1, [fd00::2%eth0]"}, "198.51.100.1"},
		{"IPv4 in IPv6 with a port", ours, "10.0.0.1", []string{"[::ffff:198.51.100.1]:47110"}, "198.51.100.1"},
		{"a port that is none", ours, "10.0.0.1", []string{"198.51.100.1:99999"}, "10.0.0.1"},
		{"a port that is missing", ours, "10.0.0.1", []string{"198.51.100.1:"}, "10.0.0.1"},
		{"half a quote", ours, "10.0.0.1", []string{`"198.51.100.1`}, "10.0.0.1"},
		{"half a bracket", ours, "10.0.0.1", []string{"[2001:db8::5"}, "10.0.0.1"},
		{"IPv4 in brackets", ours, "10.0.0.1", []string{"[198.51.100.1]"}, "10.0.0.1"},
		{"a name", ours, "10.0.0.1", []string{"client.example:47110"}, "10.0.0.1"},
		{"very many words", ours, "10.0.0.1", []string{strings.Repeat("6.6.6.6,", 400) + "198.51.100.1"}, "198.51.100.1"},
		{"IPv6", nil, "2001:db8::5", []string{"2001:db8::6"}, "2001:db8::5"},
		{"IPv6 behind a proxy", ours, "fd00::1", []string{"2001:DB8:0::5"}, "2001:db8::5"},
		{"IPv4 in IPv6 connects", ours, "::ffff:10.0.0.1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"IPv4 in IPv6 is passed on", ours, "10.0.0.1", []string{"198.51.100.1, ::ffff:10.0.0.2"}, "198.51.100.1"},
	}
	app := fiber.New()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &Server{Options: Options{Now: time.Now, Log: slog.New(slog.DiscardHandler)}}
			for _, p := range tt.proxies {
				s.Proxies = append(s.Proxies, netip.MustParsePrefix(p))
			}
			var req fasthttp.Request
			for _, line := range tt.passed {
				req.Header.Add(fiber.HeaderXForwardedFor, line)
			}
			var ctx fasthttp.RequestCtx
			ctx.Init(&req, &net.TCPAddr{IP: net.ParseIP(tt.remote), Port: 4711}, nil)
			c := app.AcquireCtx(&ctx)
			defer app.ReleaseCtx(c)
			if got := s.clientIP(c); got != netip.MustParseAddr(tt.want) {
				t.Errorf("the client is %v, want %s", got, tt.want)
			}
		})
	}
}

// TestAForgedHeaderGivesNoAttempts types wrong codes under a new forged address each
// time.
func TestAForgedHeaderGivesNoAttempts(t *testing.T) {
	t.Parallel()
	for name, behind := range map[string]bool{"directly": false, "through a proxy": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			with := settings{}
			if behind {
				with.proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
			}
			s := newSite(t, with)
			v := s.visitor(t)
			for i := range 6 {
				v.header.Set("X-Forwarded-For", strings.Repeat("6.", 3)+string(rune('1'+i))+", 198.51.100.1")
				v.post("/en/code", codeForm("AAAAAAAA"))
				v.want(http.StatusUnprocessableEntity, "")
			}
			v.wantNoAttemptsLeft("en")
			neighbour := s.visitor(t)
			neighbour.header.Set("X-Forwarded-For", "198.51.100.1")
			neighbour.post("/en/code", codeForm("AAAAAAAA"))
			if got := neighbour.page.summary()[0]; !strings.Contains(got, "4") {
				t.Errorf("a neighbour is told %q", got)
			}
		})
	}
}

// TestUnreadableForwardedEntriesAreLogged wants one line a minute, without what the
// entry contains.
func TestUnreadableForwardedEntriesAreLogged(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	v := s.visitor(t)
	ask := func(forwarded string) {
		v.header.Set("X-Forwarded-For", forwarded)
		v.post("/en/code", codeForm("AAAAAAAA"))
	}
	tests := []struct {
		name, forwarded string
		later           time.Duration
		lines           int // in the log so far
	}{
		{"an address", "198.51.100.1:47110", 0, 0},
		{"an entry that nobody reads", "client.example, 198.51.100.1", 0, 0},
		{"no entry", "198.51.100.1, ", 0, 0},
		{"a name", "198.51.100.1, client.example", 0, 1},
		{"another name at once", "host.example", 0, 1},
		{"nearly a minute later", "client.example", time.Minute - time.Second, 1},
		{"a minute later", "client.example", time.Second, 2},
		{"nothing", "", time.Hour, 2},
	}
	for _, tt := range tests {
		s.pass(tt.later)
		ask(tt.forwarded)
		if got := strings.Count(s.log.String(), "X-Forwarded-For cannot be read"); got != tt.lines {
			t.Fatalf("%s: the log has %d lines, want %d:\n%s", tt.name, got, tt.lines, s.log)
		}
	}
	v.header.Del("X-Forwarded-For")
	s.pass(time.Hour)
	v.post("/en/code", codeForm("AAAAAAAA"))
	logged := s.log.String()
	if got := strings.Count(logged, "X-Forwarded-For cannot be read"); got != 2 {
		t.Errorf("a request without the header is logged: %s", logged)
	}
	if !strings.Contains(logged, `"bytes":14`) || strings.Contains(logged, "example") || strings.Contains(logged, "198.51") {
		t.Errorf("the log says %s", logged)
	}
}

func TestNetwork(t *testing.T) {
	for ip, want := range map[string]string{
		"198.51.100.7": "198.51.100.0/24", "2001:db8:1:2ff:3:4:5:6": "2001:db8:1:200::/56", "127.0.0.1": "127.0.0.0/24",
	} {
		if got := networkOf(netip.MustParseAddr(ip)).String(); got != want {
			t.Errorf("the network of %s is %s, want %s", ip, got, want)
		}
	}
}
