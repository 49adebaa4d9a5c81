// Package listener takes the connections of the site, and keeps some clients from taking
// all of them: it holds a limited number, of one address and of all, and closes those that
// keep the program waiting longest.
//
// A connection waits for its client while the program reads from it or writes to it. How
// long is counted from its last answer, or from when it was opened, so a client that sends
// or takes a byte now and then waits as long as one that is silent.
package listener

import (
	"container/list"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"time"
)

// Options are the limits of a listener.
type Options struct {
	Total       int            // how many connections are held at once
	PerAddress  int            // of them, how many of one address
	Unlimited   []netip.Prefix // addresses without the limit PerAddress, such as trusted proxies
	Certificate *Certificate   // secures connections by TLS; nil: they are not secured
	Log         *slog.Logger
}

// A Listener is a [net.Listener] with limits. A connection beyond one takes the place of
// the one that keeps the program waiting longest: of its own address first, then of all.
// Where no place comes free it is closed.
type Listener struct {
	net.Listener
	o   Options
	tls *tls.Config // nil: connections are not secured

	lock       sync.Mutex
	oldest     *list.List         // of all connections, the one with the oldest answer first
	of         map[netip.Addr]int // the number of connections of an address
	lastLogged time.Time          // when Accept last logged that it fails
}

// New returns l with limits.
func New(l net.Listener, o Options) *Listener {
	limited := &Listener{Listener: l, o: o, oldest: list.New(), of: make(map[netip.Addr]int)}
	if o.Certificate != nil {
		limited.tls = o.Certificate.config()
	}
	return limited
}

// The pause after a failure of Accept. It doubles until pauseMax.
const (
	pauseMin = 5 * time.Millisecond
	pauseMax = time.Second
)

// Accept returns the next connection within the limits. It returns an error only when the
// listener is closed. Any other, as when the program has no file descriptor left, passes:
// then Accept frees a connection that waits, and tries again.
func (l *Listener) Accept() (net.Conn, error) {
	for pause := pauseMin; ; {
		c, err := l.Listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return nil, err
		case err != nil:
			l.logFailure(err)
			l.free()
			time.Sleep(pause)
			pause = min(2*pause, pauseMax)
		default:
			limitUnread(c)
			if held := l.hold(c); held != nil {
				return l.secure(held), nil
			}
			c.Close()
		}
	}
}

// mostUnread is how many bytes of answers the machine keeps for a client that does not take
// them: more than the largest file, htmx, and than a page. Without a limit it keeps some
// megabytes, and the program goes on to answer a client that reads nothing.
const mostUnread = 64 << 10

// limitUnread sets that limit. Linux counts what it needs itself, so it is given double.
func limitUnread(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		tcp.SetWriteBuffer(mostUnread) //nolint:errcheck // then it has the usual one
	}
}

// secure returns a connection on which what is sent is encrypted, if there is a
// certificate. The handshake comes with the first read.
func (l *Listener) secure(c net.Conn) net.Conn {
	if l.tls == nil {
		return c
	}
	return tls.Server(c, l.tls)
}

// logPause is how long the log is silent about further failures of Accept.
const logPause = time.Minute

// logFailure logs, once in logPause, that no connection can be accepted.
func (l *Listener) logFailure(err error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if now := time.Now(); now.Sub(l.lastLogged) >= logPause {
		l.lastLogged = now
		var code syscall.Errno
		errors.As(err, &code) // the address in err is that of the site
		l.o.Log.Error("no connection can be accepted: the site tries again", "err", code.Error())
	}
}
