//go:build e2e

package harness

import (
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// MailSettings returns the settings of a site that sends its mail to a server
// at addr.
func MailSettings(t *testing.T, addr string) Settings {
	t.Helper()
	return NewSettings(t, Settings{
		"SMTP_URL": "smtp://" + addr + "?tls=none", "MAIL_FROM": "join@hub.example", "ORG_NAME_EN": "Harbour Hub",
		"ORG_NAME_FR": "Carrefour du port", "ORG_ADDRESS": "2 Quay Road", "ORG_CONTACT": "help@hub.example",
	})
}

// A MailServer is a real one at an address of this machine. It keeps each letter
// before it replies to the client.
type MailServer struct {
	*smtp.Server
	letters chan string
	calls   chan struct{} // one for each connection
	replies atomic.Pointer[Replies]
}

// Replies are how a mail server treats its clients. The zero value accepts every
// letter.
type Replies struct {
	Write     func(c net.Conn, line []byte) (int, error) // instead of writing a reply
	Recipient func(to string) error                      // the reply to a recipient
	Content   func(c net.Conn) error                     // the reply to a letter, which the server has by then
	After     func(c net.Conn) error                     // what it does next
}

// StartMailServer starts a mail server that runs until the test is over.
func StartMailServer(t *testing.T, addr string) *MailServer {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	m := &MailServer{letters: make(chan string, 64), calls: make(chan struct{}, 64)}
	m.SetReplies(Replies{})
	m.Server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return session{m, c.Conn()}, nil }))
	m.ErrorLog = noLog{}
	go m.Serve(&listener{l, m}) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { m.Close() })
	return m
}

// SetReplies changes how the server treats its clients from now on.
func (m *MailServer) SetReplies(r Replies) { m.replies.Store(&r) }

// NextLetter waits for a letter.
func (m *MailServer) NextLetter(t *testing.T) Letter {
	t.Helper()
	select {
	case raw := <-m.letters:
		return parseLetter(t, raw)
	case <-time.After(20 * time.Second):
		t.Fatal("waited in vain for a letter")
		return Letter{}
	}
}

// Letters returns the letters that have come and were not returned yet.
func (m *MailServer) Letters(t *testing.T) (letters []Letter) {
	t.Helper()
	for len(m.letters) > 0 {
		letters = append(letters, parseLetter(t, <-m.letters))
	}
	return letters
}

// WaitForCall waits until a client connects.
func (m *MailServer) WaitForCall(t *testing.T) {
	t.Helper()
	select {
	case <-m.calls:
	case <-time.After(20 * time.Second):
		t.Fatal("waited in vain for a client with a letter")
	}
}

// A session is the conversation with one client.
type session struct {
	server *MailServer
	conn   net.Conn
}

func (s session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.server.letters <- string(raw)
	if reply := s.server.replies.Load().Content; reply != nil {
		return reply(s.conn)
	}
	return nil
}

func (s session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if reply := s.server.replies.Load().Recipient; reply != nil {
		return reply(to)
	}
	return nil
}

func (s session) Reset() {
	if do := s.server.replies.Load().After; do != nil {
		do(s.conn) //nolint:errcheck // the connection is of no use any more
	}
}

func (session) Mail(string, *smtp.MailOptions) error { return nil }
func (session) Logout() error                        { return nil }

// A listener counts connections, and has them write as the server's replies say.
type listener struct {
	net.Listener
	server *MailServer
}

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	select {
	case l.server.calls <- struct{}{}:
	default: // no test waits for so many
	}
	return connection{c, l.server}, nil
}

type connection struct {
	net.Conn
	server *MailServer
}

func (c connection) Write(line []byte) (int, error) {
	if write := c.server.replies.Load().Write; write != nil {
		return write(c.Conn, line)
	}
	return c.Conn.Write(line)
}

type noLog struct{}

func (noLog) Printf(string, ...any) {}
func (noLog) Println(...any)        {}
