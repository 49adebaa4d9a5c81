package mail

import (
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"joinery/app/i18n"
)

// counted is a listener that counts connections, and can cut them off.
type counted struct {
	net.Listener
	n    atomic.Int32
	last atomic.Pointer[net.Conn]
}

func (c *counted) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.n.Add(1)
		c.last.Store(&conn)
	}
	return conn, err
}

// startCounted starts a relay that counts its connections.
func startCounted(t *testing.T) (*relay, *counted) {
	t.Helper()
	c := new(counted)
	r := startRelay(t, "127.0.0.1:0", func(r *relay, _ *smtp.Server) {
		r.listen = func(l net.Listener) net.Listener { c.Listener = l; return c }
	})
	return r, c
}

func mustSend(t *testing.T, s *SMTP, n int) {
	t.Helper()
	for range n {
		if err := s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLettersShareAConnection(t *testing.T) {
	r, c := startCounted(t)
	mustSend(t, r.sender(t, "smtp://HOST"), maxLetters+1)
	if got := c.n.Load(); got != 2 || len(r.letters()) != maxLetters+1 {
		t.Errorf("%d letters came on %d connections, want 2: the first takes %d letters", len(r.letters()), got, maxLetters)
	}
}

// TestAConnectionThatTheServerHasClosedIsReplaced without a failure: it cuts the connection
// off, or says that it closes at the first command for the next letter.
func TestAConnectionThatTheServerHasClosedIsReplaced(t *testing.T) {
	r, c := startCounted(t)
	s := r.sender(t, "smtp://HOST")
	mustSend(t, s, 1)
	(*c.last.Load()).Close()
	mustSend(t, s, 1)
	r.refuse["MAIL"] = []error{&smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 4, 2}, Message: "too long"}}
	mustSend(t, s, 1)
	if got := c.n.Load(); got != 3 || len(r.letters()) != 3 {
		t.Errorf("%d letters came on %d connections, want 3 on 3", len(r.letters()), got)
	}
}

// TestARefusalOfALetterKeepsTheConnection for the next: RSET stands between them.
func TestARefusalOfALetterKeepsTheConnection(t *testing.T) {
	r, c := startCounted(t)
	s := r.sender(t, "smtp://HOST")
	for _, command := range []string{"MAIL", "RCPT", "DATA"} {
		r.refuse[command] = []error{&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "no"}}
		failure := (*Failure)(nil)
		if err := s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English)); !errors.As(err, &failure) || failure.Code != 550 {
			t.Errorf("%s is refused: %v", command, err)
		}
	}
	mustSend(t, s, 1)
	if got := c.n.Load(); got != 1 {
		t.Errorf("there were %d connections, want one", got)
	}
}

func TestAnIdleConnectionIsClosed(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	s := r.sender(t, "smtp://HOST")
	s.limits.idle = 10 * time.Millisecond
	mustSend(t, s, 1)
	for deadline := time.Now().Add(5 * time.Second); s.keeps() > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it is kept for ever")
		}
	}
	mustSend(t, s, 1)
	if s.Close(); s.keeps() != 0 {
		t.Error("Close closes no connection")
	}
}

func (s *SMTP) keeps() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.kept)
}

// BenchmarkSend compares letters that share a connection with letters that do not.
func BenchmarkSend(b *testing.B) {
	for name, most := range map[string]int{"kept": maxLetters, "dialled": 1} {
		b.Run(name, func(b *testing.B) {
			r := startRelay(b, "127.0.0.1:0", withTLS(b))
			s := r.sender(b, "smtp://join:se%3Acr%40t@HOST")
			l := newConfirmation(b, "zoe@example.net", i18n.English)
			for b.Loop() {
				if err := s.Send(b.Context(), l); err != nil {
					b.Fatal(err)
				}
				if most == 1 {
					s.Close()
				}
			}
		})
	}
}
