// Package dnstest is a DNS server for tests: it answers what it is told to, and
// counts the questions.
package dnstest

import (
	"context"
	"maps"
	"net"
	"slices"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// Answers that need nothing more.
var (
	NoSuchDomain = Answer{RCode: dnsmessage.RCodeNameError}
	NoSuchRecord = Answer{}
	ServFail     = Answer{RCode: dnsmessage.RCodeServerFailure}
	Refused      = Answer{RCode: dnsmessage.RCodeRefused}
	IPv4         = Answer{Records: []dnsmessage.ResourceBody{&dnsmessage.AResource{A: [4]byte{192, 0, 2, 1}}}}
	IPv6         = Answer{Records: []dnsmessage.ResourceBody{&dnsmessage.AAAAResource{AAAA: [16]byte{0x20, 0x01, 0x0d, 0xb8}}}}
)

// MX is an answer with MX records.
func MX(hosts ...string) Answer {
	var a Answer
	for _, host := range hosts {
		a.Records = append(a.Records, &dnsmessage.MXResource{MX: dnsmessage.MustNewName(host)})
	}
	return a
}

// TXT is an answer with TXT records, which are written in pieces.
func TXT(records []string) Answer {
	var a Answer
	for _, r := range records {
		var pieces []string
		for ; len(r) > 255; r = r[255:] {
			pieces = append(pieces, r[:255])
		}
		a.Records = append(a.Records, &dnsmessage.TXTResource{TXT: append(pieces, r)})
	}
	return a
}

// A Answer is what a server says to one question.
type Answer struct {
	RCode   dnsmessage.RCode
	Records []dnsmessage.ResourceBody
	After   chan struct{} // when it is closed, nil: at once
}

// A Server listens on 127.0.0.1 and counts what it is asked.
type Server struct {
	conn  net.PacketConn
	Asked chan string // the name in each question about an MX

	mu      sync.Mutex
	answer  func(name string, about dnsmessage.Type) Answer
	counted map[string]int  // questions about an MX, by name
	names   map[string]bool // in questions about anything
}

// Start runs a server that answers what answer returns, until the test is over.
func Start(t *testing.T, answer func(name string, about dnsmessage.Type) Answer) *Server {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	s := &Server{conn: conn, Asked: make(chan string, 2000), answer: answer, counted: make(map[string]int), names: make(map[string]bool)}
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
func (s *Server) reply(question dnsmessage.Message, to net.Addr) {
	q := question.Questions[0]
	name := q.Name.String()
	s.mu.Lock()
	s.names[name] = true
	if q.Type == dnsmessage.TypeMX {
		s.counted[name]++
		s.Asked <- name
	}
	a := s.answer(name, q.Type)
	s.mu.Unlock()
	if a.After != nil {
		<-a.After
	}
	m := dnsmessage.Message{Questions: question.Questions}
	m.Header = dnsmessage.Header{ID: question.ID, Response: true, RecursionAvailable: true, RCode: a.RCode}
	for _, body := range a.Records {
		m.Answers = append(m.Answers, dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 1}, Body: body})
	}
	if packet, err := m.Pack(); err == nil {
		s.conn.WriteTo(packet, to) //nolint:errcheck // nobody may be there any more
	}
}

// AnswerAll changes the answer to every question.
func (s *Server) AnswerAll(a Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = Always(a)
}

// Questions returns how many questions about an MX of name there were.
func (s *Server) Questions(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counted[name]
}

// Names returns every name that there was a question about.
func (s *Server) Names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.names))
}

// Always answers every question with a.
func Always(a Answer) func(string, dnsmessage.Type) Answer {
	return func(string, dnsmessage.Type) Answer { return a }
}

// Resolver returns a resolver that asks s.
func (s *Server) Resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", s.conn.LocalAddr().String())
	}}
}

// ServeProcess makes the whole process ask s until the test is over.
func (s *Server) ServeProcess(t *testing.T) {
	t.Helper()
	system := net.DefaultResolver
	t.Cleanup(func() { net.DefaultResolver = system })
	net.DefaultResolver = s.Resolver()
}
