package web

import (
	"context"
	"net"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"joinery/app/mail"
)

// nameServer has the site ask a DNS server about domains. It knows that there
// are none, does not answer about those that begin with silent, and sends each
// name that it is first asked about to asked.
func (s *site) nameServer(t *testing.T) (asked chan string) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	asked = make(chan string, 100)
	go answerNone(conn, asked)
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}
	s.join.MX = &mail.MXChecker{Resolver: &net.Resolver{PreferGo: true, Dial: dial}, Now: s.now}
	return asked
}

func answerNone(conn net.PacketConn, asked chan<- string) {
	packet := make([]byte, 2048)
	for {
		n, from, err := conn.ReadFrom(packet)
		if err != nil {
			return // the test is over
		}
		var m dnsmessage.Message
		if m.Unpack(packet[:n]) != nil {
			continue
		}
		if m.Questions[0].Type == dnsmessage.TypeMX {
			asked <- strings.TrimSuffix(m.Questions[0].Name.String(), ".")
		}
		m.Header = dnsmessage.Header{ID: m.ID, Response: true, RCode: dnsmessage.RCodeNameError}
		m.Additionals = nil
		if reply, err := m.Pack(); err == nil && !strings.HasPrefix(m.Questions[0].Name.String(), "silent") {
			conn.WriteTo(reply, from) //nolint:errcheck // nobody may be there any more
		}
	}
}
