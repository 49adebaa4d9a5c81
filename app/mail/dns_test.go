package mail

import (
	"context"
	"maps"
	"net"
	"slices"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

var (
	noSuchDomain = dnsAnswer{rcode: dnsmessage.RCodeNameError}
	noSuchRecord = dnsAnswer{}
	servFail     = dnsAnswer{rcode: dnsmessage.RCodeServerFailure}
	refused      = dnsAnswer{rcode: dnsmessage.RCodeRefused}
	address4     = dnsAnswer{records: []dnsmessage.ResourceBody{&dnsmessage.AResource{A: [4]byte{192, 0, 2, 1}}}}
	address6     = dnsAnswer{records: []dnsmessage.ResourceBody{&dnsmessage.AAAAResource{AAAA: [16]byte{0x20, 0x01, 0x0d, 0xb8}}}}
)

// exchangers is an answer with MX records.
func exchangers(hosts ...string) dnsAnswer {
	var a dnsAnswer
	for _, host := range hosts {
		a.records = append(a.records, &dnsmessage.MXResource{MX: dnsmessage.MustNewName(host)})
	}
	return a
}

// texts is an answer with TXT records, which are written in pieces.
func texts(records []string) dnsAnswer {
	var a dnsAnswer
	for _, r := range records {
		var pieces []string
		for ; len(r) > 255; r = r[255:] {
			pieces = append(pieces, r[:255])
		}
		a.records = append(a.records, &dnsmessage.TXTResource{TXT: append(pieces, r)})
	}
	return a
}

// A dnsAnswer is what a server says to one question.
type dnsAnswer struct {
	rcode   dnsmessage.RCode
	records []dnsmessage.ResourceBody
	after   chan struct{} // when it is closed, nil: at once
}

// A dnsServer listens on 127.0.0.1 and counts what it is asked.
type dnsServer struct {
	conn  net.PacketConn
	asked chan string // the name in each question about an MX

	mu      sync.Mutex
	answer  func(name string, about dnsmessage.Type) dnsAnswer
	counted map[string]int  // questions about an MX, by name
	names   map[string]bool // in questions about anything
}

func startDNS(t *testing.T, answer func(name string, about dnsmessage.Type) dnsAnswer) *dnsServer {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	s := &dnsServer{conn: conn, asked: make(chan string, 2000), answer: answer, counted: make(map[string]int), names: make(map[string]bool)}
	go func() {
		packet := make([]byte, 2048)
		for {
			n, from, err := conn.ReadFrom(packet)
			if err != nil {
				return // the test is over
			}
			var question dnsmessage.Message
			if err := question.Unpack(packet[:n]); err == nil {
				go s.reply(question, from)
			}
		}
	}()
	return s
}

// reply answers question, when it is time to.
func (s *dnsServer) reply(question dnsmessage.Message, to net.Addr) {
	q := question.Questions[0]
	name := q.Name.String()
	s.mu.Lock()
	s.names[name] = true
	if q.Type == dnsmessage.TypeMX {
		s.counted[name]++
		s.asked <- name
	}
	a := s.answer(name, q.Type)
	s.mu.Unlock()
	if a.after != nil {
		<-a.after
	}
	m := dnsmessage.Message{Questions: question.Questions}
	m.Header = dnsmessage.Header{ID: question.ID, Response: true, RecursionAvailable: true, RCode: a.rcode}
	for _, body := range a.records {
		m.Answers = append(m.Answers, dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 1}, Body: body})
	}
	if packet, err := m.Pack(); err == nil {
		s.conn.WriteTo(packet, to) //nolint:errcheck // nobody may be there any more
	}
}

// says changes the answer to every question.
func (s *dnsServer) says(a dnsAnswer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = always(a)
}

func (s *dnsServer) questions(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counted[name]
}

func (s *dnsServer) askedAbout() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.names))
}

func always(a dnsAnswer) func(string, dnsmessage.Type) dnsAnswer {
	return func(string, dnsmessage.Type) dnsAnswer { return a }
}

// resolver returns a resolver that asks s.
func (s *dnsServer) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", s.conn.LocalAddr().String())
	}}
}
