package listener

import (
	"net"
	"net/netip"
	"slices"
)

// hold makes a place for a connection and returns it as one that is held, or nil if no
// place comes free.
func (l *Listener) hold(c net.Conn) *conn {
	addr := addressOf(c)
	held := &conn{Conn: c, l: l, addr: household(addr), waiting: true} // for its first request
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.of[held.addr] >= l.o.PerAddress && !l.unlimited(addr) && !l.closeOldest(held.addr) {
		return nil
	}
	if l.oldest.Len() >= l.o.Total && !l.closeOldest(netip.Addr{}) {
		return nil
	}
	held.place = l.oldest.PushBack(held)
	l.of[held.addr]++
	return held
}

// free closes the connection that waits longest, if one waits.
func (l *Listener) free() {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.closeOldest(netip.Addr{})
}

// closeOldest closes the connection that waits longest for its client, of an address or,
// without one, of all. It reports whether there was one.
func (l *Listener) closeOldest(addr netip.Addr) bool {
	for e := l.oldest.Front(); e != nil; e = e.Next() {
		c := e.Value.(*conn)
		if !c.waiting || addr.IsValid() && c.addr != addr {
			continue
		}
		l.forget(c)
		c.Conn.Close()
		return true
	}
	return false
}

// forget gives the place of a connection away.
func (l *Listener) forget(c *conn) {
	if c.place == nil {
		return
	}
	l.oldest.Remove(c.place)
	c.place = nil
	if l.of[c.addr]--; l.of[c.addr] == 0 {
		delete(l.of, c.addr)
	}
}

// CloseWaiting closes every connection that waits for its client. It belongs to the end
// of the site, after those clients have had their time.
func (l *Listener) CloseWaiting() {
	l.lock.Lock()
	defer l.lock.Unlock()
	for l.closeOldest(netip.Addr{}) {
	}
}

func (l *Listener) unlimited(addr netip.Addr) bool {
	return slices.ContainsFunc(l.o.Unlimited, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// addressOf returns the address of a client.
func addressOf(c net.Conn) netip.Addr {
	tcp, ok := c.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return tcp.AddrPort().Addr().Unmap().WithZone("")
}

// household returns the address that stands for all of one household: it has a whole /64
// of IPv6, of which household returns the first.
func household(addr netip.Addr) netip.Addr {
	if !addr.Is6() {
		return addr
	}
	prefix, _ := addr.Prefix(64) // which every address of IPv6 has
	return prefix.Addr()
}
