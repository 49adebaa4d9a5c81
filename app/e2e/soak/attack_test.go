//go:build e2e

package soak

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// An attack is many connections, and what their clients send on them.
type attack struct {
	name, first, again     string
	connections, addresses int
}

// begin opens the connections and keeps them open, with a new one a few seconds later for
// each that the site closes, until end is called. It returns how many stood, and fails the
// test when that are too few for an attack.
func (a attack) begin(t *testing.T, site string) (stood int, end func()) {
	t.Helper()
	over, opened := make(chan struct{}), sync.WaitGroup{}
	var all sync.WaitGroup
	var open atomic.Int64
	opened.Add(a.connections)
	for i := range a.connections {
		from := &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(1+i%a.addresses))}
		all.Go(func() {
			var tried sync.Once
			a.keep(from, site, over, func(err error) {
				tried.Do(func() {
					if err == nil {
						open.Add(1)
					}
					opened.Done()
				})
			})
		})
	}
	opened.Wait()
	if stood = int(open.Load()); stood < a.connections*9/10 {
		t.Errorf("only %d of %d connections stood", stood, a.connections)
	}
	return stood, func() { close(over); all.Wait() }
}

// keep keeps one connection until over is closed. It tells dialled of each attempt to open it.
func (a attack) keep(from *net.TCPAddr, site string, over <-chan struct{}, dialled func(error)) {
	d := net.Dialer{LocalAddr: from, Timeout: 10 * time.Second}
	for {
		c, err := d.Dial("tcp", site)
		dialled(err)
		if err == nil {
			a.use(c, over)
			c.Close()
		}
		select {
		case <-over:
			return
		case <-time.After(2*time.Second + rand.N(4*time.Second)): // it has been closed
		}
	}
}

// use sends on a connection until it is closed or over is.
func (a attack) use(c net.Conn, over <-chan struct{}) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	if a.name == "slow-read" {
		c.(*net.TCPConn).SetReadBuffer(1) //nolint:errcheck // then it reads more
	}
	_, err := fmt.Fprint(c, a.first)
	for err == nil {
		select {
		case <-over:
			return
		case <-tick.C:
			err = a.goOn(c)
		}
	}
}

// goOn sends what is sent again, and returns an error if the site has closed the
// connection. Without a byte to send, only reading tells that.
func (a attack) goOn(c net.Conn) error {
	c.SetDeadline(time.Now().Add(time.Second)) //nolint:errcheck // writing and reading tell
	if a.again != "" {
		_, err := fmt.Fprint(c, a.again)
		return err
	}
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		return err
	}
	return nil
}
