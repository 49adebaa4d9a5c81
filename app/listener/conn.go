package listener

import (
	"container/list"
	"net"
	"net/netip"
)

// A conn is a connection that is held. The lock of the listener guards place and waiting.
type conn struct {
	net.Conn
	l       *Listener
	addr    netip.Addr
	place   *list.Element // in the list of the listener; nil once it is closed
	waiting bool          // whether the program waits for the client
}

// Read waits for bytes of the client.
func (c *conn) Read(p []byte) (int, error) {
	c.setWaiting(true)
	n, err := c.Conn.Read(p)
	c.setWaiting(n == 0)
	return n, err
}

// Write waits for the client to take bytes. From then on the connection counts as new.
func (c *conn) Write(p []byte) (int, error) {
	c.setWaiting(true)
	n, err := c.Conn.Write(p)
	c.l.lock.Lock()
	defer c.l.lock.Unlock()
	if c.waiting = err != nil; c.place != nil && err == nil {
		c.l.oldest.MoveToBack(c.place)
	}
	return n, err
}

func (c *conn) setWaiting(waiting bool) {
	c.l.lock.Lock()
	defer c.l.lock.Unlock()
	c.waiting = waiting
}

// Close closes the connection and gives its place away.
func (c *conn) Close() error {
	c.l.lock.Lock()
	c.l.forget(c)
	c.l.lock.Unlock()
	return c.Conn.Close()
}
