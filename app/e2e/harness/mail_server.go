//go:build e2e

package e2e

import (
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// A relay is a real mail server at an address. It hands over what it is sent
// before it answers.
type relay struct {
	*smtp.Server
	letters chan string
	called  chan struct{} // once for each time that somebody connects
	weather atomic.Pointer[weather]
}

// Weather is how a relay treats those who bring a letter; in the zero one every
// letter is welcome.
type weather struct {
	write   func(c net.Conn, line []byte) (int, error) // instead of answering
	rcpt    func(to string) error                      // what it says to the recipient
	content func(c net.Conn) error                     // and to the letter, which it has by then
	after   func(c net.Conn) error                     // what it does next
}

func startRelay(t *testing.T, addr string) *relay {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{letters: make(chan string, 64), called: make(chan struct{}, 64)}
	r.weather.Store(new(weather))
	r.Server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return conversation{r, c.Conn()}, nil }))
	r.ErrorLog = quiet{}
	go r.Serve(&outdoors{l, r}) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { r.Close() })
	return r
}

// next waits for a letter.
func (r *relay) next(t *testing.T) string {
	t.Helper()
	select {
	case raw := <-r.letters:
		return raw
	case <-time.After(20 * time.Second):
		t.Fatal("waited in vain for a letter")
		return ""
	}
}

type conversation struct {
	relay *relay
	conn  net.Conn
}

func (c conversation) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.relay.letters <- string(raw)
	if say := c.relay.weather.Load().content; say != nil {
		return say(c.conn)
	}
	return nil
}

func (c conversation) Rcpt(to string, _ *smtp.RcptOptions) error {
	if say := c.relay.weather.Load().rcpt; say != nil {
		return say(to)
	}
	return nil
}

func (c conversation) Reset() {
	if do := c.relay.weather.Load().after; do != nil {
		do(c.conn) //nolint:errcheck // the connection is of no use any more
	}
}

func (conversation) Mail(string, *smtp.MailOptions) error { return nil }
func (conversation) Logout() error                        { return nil }

// Outdoors is a listener whose connections have the weather of their relay.
type outdoors struct {
	net.Listener
	relay *relay
}

func (o *outdoors) Accept() (net.Conn, error) {
	c, err := o.Listener.Accept()
	if err != nil {
		return nil, err
	}
	o.relay.called <- struct{}{}
	return exposed{c, o.relay}, nil
}

type exposed struct {
	net.Conn
	relay *relay
}

func (e exposed) Write(line []byte) (int, error) {
	if write := e.relay.weather.Load().write; write != nil {
		return write(e.Conn, line)
	}
	return e.Conn.Write(line)
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}
