package mail

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"

	"joinery/app/i18n"
)

// A host greets, and answers QUIT only once all its guests have said it. To anything else
// it is silent.
type host struct {
	net.Listener
	guests int
	all    chan struct{} // closed when all have said good-bye

	mu      sync.Mutex
	leaving int // guests that wait for the answer to QUIT
	resets  int // how often RSET was said
}

func startHost(t *testing.T, guests int) *host {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &host{Listener: l, guests: guests, all: make(chan struct{})}
	t.Cleanup(func() { h.Close() })
	go func() {
		for conn, err := h.Accept(); err == nil; conn, err = h.Accept() {
			go h.serve(conn)
		}
	}()
	return h
}

func (h *host) serve(conn net.Conn) {
	defer conn.Close()
	fmt.Fprint(conn, "220 hello\r\n")
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		switch {
		case strings.HasPrefix(lines.Text(), "EHLO"):
			fmt.Fprint(conn, "250 hello\r\n")
		case lines.Text() == "QUIT":
			h.leave(1)
			go func() { <-h.all; fmt.Fprint(conn, "221 good-bye\r\n") }()
		case lines.Text() == "RSET":
			h.mu.Lock()
			h.resets++
			h.mu.Unlock()
		}
	}
	h.leave(-1)
}

func (h *host) leave(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.leaving += n; h.leaving == h.guests && n > 0 {
		close(h.all)
	}
}

// keeping returns a sender that keeps n connections to h.
func (h *host) keeping(t *testing.T, n int) *SMTP {
	t.Helper()
	s := (&relay{addr: h.Addr().String()}).sender(t, "smtp://HOST?tls=none")
	for range n {
		c, err := s.dial(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.keep(c, nil)
	}
	return s
}

func TestAllConnectionsThatAreKeptAreClosedAtOnce(t *testing.T) {
	h := startHost(t, 5)
	h.keeping(t, 5).Close()
	select {
	case <-h.all:
	default:
		t.Error("a connection is closed only after another")
	}
}

// TestWhenOneConnectionIsDeadTheOthersAreNotTried has a server that answers nothing any
// more: the letter does not wait for each of them.
func TestWhenOneConnectionIsDeadTheOthersAreNotTried(t *testing.T) {
	h := startHost(t, 5)
	s := h.keeping(t, 5)
	h.Listener.Close()
	for _, c := range s.kept {
		c.limits.again = limit
	}
	err := s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English))
	h.mu.Lock()
	defer h.mu.Unlock()
	if left := s.keeps(); err == nil || left > 0 || h.resets > 1 {
		t.Errorf("Send = %v after %d connections were tried, and %d are kept, want one tried and none kept", err, h.resets, left)
	}
}
