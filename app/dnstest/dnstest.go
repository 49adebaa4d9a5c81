// Package dnstest is a DNS server for tests. It gives the answers that a test sets, and
// counts the questions. No part of the program uses it.
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

// Frequent answers.
var (
	NoSuchDomain = Answer{RCode: dnsmessage.RCodeNameError}
	NoSuchRecord = Answer{}
	ServFail     = Answer{RCode: dnsmessage.RCodeServerFailure}
	Refused      = Answer{RCode: dnsmessage.RCodeRefused}
	IPv4         = Answer{Records: []dnsmessage.ResourceBody{&dnsmessage.AResource{A: [4]byte{192, 0, 2, 1}}}}
	IPv6         = Answer{Records: []dnsmessage.ResourceBody{&dnsmessage.AAAAResource{AAAA: [16]byte{0x20, 0x01, 0x0d, 0xb8}}}}
)

// MX returns an answer with an MX record for each host.
func MX(hosts ...string) Answer {
	var a Answer
	for _, host := range hosts {
		a.Records = append(a.Records, &dnsmessage.MXResource{MX: dnsmessage.MustNewName(host)})
	}
	return a
}

// TXT returns an answer with a TXT record for each text, in strings of at most 255
// bytes.
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

// An Answer is the answer of a server to one question.
type Answer struct {
	RCode   dnsmessage.RCode
	Records []dnsmessage.ResourceBody
	After   chan struct{} // the server answers when After is closed; nil: at once
}

// A Server listens on 127.0.0.1 and counts the questions. It may be used concurrently.
type Server struct {
	conn  net.PacketConn
	Asked chan string // receives the name of each question about an MX

	mu          sync.Mutex
	answer      func(name string, about dnsmessage.Type) Answer
	mxQuestions map[string]int  // number of questions about an MX, by name
	askedNames  map[string]bool // the names of all questions
}

// Start starts a server that gives the answers that answer returns. It ends with the
// test.
func Start(t *testing.T, answer func(name string, about dnsmessage.Type) Answer) *Server {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	s := &Server{conn: conn, Asked: make(chan string, 2000), answer: answer, mxQuestions: make(map[string]int), askedNames: make(map[string]bool)}
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

// reply sends the answer to question, after the After of the answer.
func (s *Server) reply(question dnsmessage.Message, to net.Addr) {
	q := question.Questions[0]
	name := q.Name.String()
	s.mu.Lock()
	s.askedNames[name] = true
	if q.Type == dnsmessage.TypeMX {
		s.mxQuestions[name]++
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
		s.conn.WriteTo(packet, to) //nolint:errcheck // the client may have gone
	}
}

// AnswerAll changes the answer to every question.
func (s *Server) AnswerAll(a Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = Always(a)
}

// Questions returns the number of questions about an MX of name, which ends with a
// dot.
func (s *Server) Questions(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mxQuestions[name]
}

// Names returns the name of every question, sorted and each once.
func (s *Server) Names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.askedNames))
}

// Always returns a function for Start that answers every question with a.
func Always(a Answer) func(string, dnsmessage.Type) Answer {
	return func(string, dnsmessage.Type) Answer { return a }
}

// Resolver returns a resolver that asks s.
func (s *Server) Resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", s.conn.LocalAddr().String())
	}}
}

// ServeProcess makes the default resolver of the process ask s until the test ends.
func (s *Server) ServeProcess(t *testing.T) {
	t.Helper()
	system := net.DefaultResolver
	t.Cleanup(func() { net.DefaultResolver = system })
	net.DefaultResolver = s.Resolver()
}
