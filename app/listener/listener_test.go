package listener

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"testing"
	"time"
)

// An echo is a listener with limits at which each line of a client is answered.
type echo struct {
	*Listener
	t *testing.T
}

func newEcho(t *testing.T, o Options) *echo {
	t.Helper()
	return newEchoAt(t, "127.0.0.1", o)
}

func newEchoAt(t *testing.T, host string, o Options) *echo {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Fatal(err)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	e := &echo{New(l, o), t}
	t.Cleanup(func() { e.Close() })
	go func() {
		for {
			c, err := e.Accept()
			if err != nil {
				return
			}
			go func() {
				io.Copy(onlyWriter{c}, onlyReader{c}) //nolint:errcheck // the client sees it
				c.Close()
			}()
		}
	}()
	return e
}

// What copies between connections without these uses neither Read nor Write.
type (
	onlyReader struct{ io.Reader }
	onlyWriter struct{ io.Writer }
)

// open opens a connection from an address of this machine, and has it answered, so that
// it is held when open returns.
func (e *echo) open(from string) net.Conn {
	e.t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	c, err := d.Dial("tcp", e.Addr().String())
	if err != nil {
		e.t.Fatal(err)
	}
	e.t.Cleanup(func() { c.Close() })
	e.wantAnswer(c)
	return c
}

func (e *echo) wantAnswer(c net.Conn) {
	e.t.Helper()
	if err := ask(c); err != nil {
		e.t.Errorf("a connection has no answer: %v", err)
	}
}

func (e *echo) wantClosed(c net.Conn) {
	e.t.Helper()
	if err := ask(c); err == nil {
		e.t.Error("a connection is still open")
	}
}

func ask(c net.Conn) error {
	c.SetDeadline(time.Now().Add(20 * time.Second)) //nolint:errcheck // reading would fail as well
	_, err1 := c.Write([]byte("?"))
	_, err2 := io.ReadFull(c, make([]byte, 1))
	return errors.Join(err1, err2)
}

func TestBeyondTheTotalTheConnectionThatWaitsLongestIsClosed(t *testing.T) {
	t.Parallel()
	e := newEcho(t, Options{Total: 3, PerAddress: 9})
	first, second, third := e.open("127.0.0.1"), e.open("127.0.0.2"), e.open("127.0.0.3")
	e.wantAnswer(first) // from now on it waits shorter than the others
	fourth := e.open("127.0.0.4")
	e.wantClosed(second)
	for _, c := range []net.Conn{first, third, fourth} {
		e.wantAnswer(c)
	}
}

func TestAnAddressTakesNoMoreThanItsOwnPlaces(t *testing.T) {
	t.Parallel()
	e := newEcho(t, Options{Total: 9, PerAddress: 2})
	neighbour := e.open("127.0.0.2")
	first, second, third := e.open("127.0.0.1"), e.open("127.0.0.1"), e.open("127.0.0.1")
	e.wantClosed(first)
	for _, c := range []net.Conn{neighbour, second, third} {
		e.wantAnswer(c)
	}
}

func TestATrustedProxyTakesAsManyPlacesAsThereAre(t *testing.T) {
	t.Parallel()
	for host, trusted := range map[string]string{"127.0.0.1": "127.0.0.0/30", "::1": "::1/128"} {
		e := newEchoAt(t, host, Options{Total: 9, PerAddress: 2, Unlimited: []netip.Prefix{netip.MustParsePrefix(trusted)}})
		var all []net.Conn
		for range 4 {
			all = append(all, e.open(host))
		}
		for _, c := range all {
			e.wantAnswer(c)
		}
	}
}

func TestAClosedConnectionLeavesItsPlace(t *testing.T) {
	t.Parallel()
	e := newEcho(t, Options{Total: 2, PerAddress: 2})
	first := e.open("127.0.0.1")
	for range 5 {
		e.open("127.0.0.1").Close()
		eventually(t, func() bool { return e.held() == 1 })
	}
	e.wantAnswer(first)
}

func TestAtTheEndEveryConnectionThatWaitsIsClosed(t *testing.T) {
	t.Parallel()
	e := newEcho(t, Options{Total: 9, PerAddress: 9})
	first, second := e.open("127.0.0.1"), e.open("127.0.0.2")
	eventually(t, func() bool { e.CloseWaiting(); return e.held() == 0 })
	e.wantClosed(first)
	e.wantClosed(second)
}

// held returns how many connections are held.
func (e *echo) held() int {
	e.lock.Lock()
	defer e.lock.Unlock()
	return e.oldest.Len()
}

func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain")
		}
		time.Sleep(time.Millisecond)
	}
}

// TestAClientThatReadsNothingIsNotAnsweredForLong though it goes on asking.
func TestAClientThatReadsNothingIsNotAnsweredForLong(t *testing.T) {
	t.Parallel()
	raw, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := New(raw, Options{Total: 1, PerAddress: 1})
	defer l.Close()
	client, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	site, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	taken, page := 0, make([]byte, 20000)
	for err == nil && taken < 1<<20 {
		site.SetWriteDeadline(time.Now().Add(time.Second)) //nolint:errcheck // writing tells
		var n int
		n, err = site.Write(page)
		taken += n
	}
	if err == nil {
		t.Errorf("the machine takes %d KB of answers that nobody reads", taken>>10)
	}
}
