package main

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
	reply   atomic.Pointer[func() error] // nil: every letter is welcome
}

func startRelay(t *testing.T, addr string) *relay {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{letters: make(chan string, 8)}
	r.Server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return conversation{r}, nil }))
	r.ErrorLog = quiet{}
	go r.Serve(l) //nolint:errcheck // it ends with the test
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

type conversation struct{ relay *relay }

func (c conversation) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.relay.letters <- string(raw)
	if reply := c.relay.reply.Load(); reply != nil {
		return (*reply)()
	}
	return nil
}

func (conversation) Mail(string, *smtp.MailOptions) error { return nil }
func (conversation) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (conversation) Reset()                               {}
func (conversation) Logout() error                        { return nil }

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}
