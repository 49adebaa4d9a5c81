package redistest

import (
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A Fault is what a [Proxy] does to the traffic.
type Fault int32

// The faults.
const (
	None      Fault = iota
	BlackHole       // takes what is sent, and never answers
	Reset           // resets each connection
	Slow            // each answer comes a second and a half later
	Trickle         // a kilobyte in a second
	Loading         // each answer says that Redis still reads its files
)

// A Proxy stands between a program and a Redis.
type Proxy struct {
	URL string // redis://...

	socket string // of Redis
	fault  atomic.Int32
	asked  atomic.Int64
}

// NewProxy starts a proxy before a server, which changes nothing at first. The proxy ends
// with the test.
func NewProxy(t testing.TB, s *Server) *Proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	p := &Proxy{URL: "redis://" + listener.Addr().String(), socket: s.socket}
	go p.serve(listener)
	return p
}

// Set makes the proxy do f from now on, also to the connections that are open.
func (p *Proxy) Set(f Fault) { p.fault.Store(int32(f)) }

// Asked returns how often something was sent to Redis since the start.
func (p *Proxy) Asked() int64 { return p.asked.Load() }

func (p *Proxy) serve(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go p.join(conn.(*net.TCPConn))
	}
}

// join connects a client with Redis until one of them ends.
func (p *Proxy) join(client *net.TCPConn) {
	defer client.Close()
	server, err := net.Dial("unix", p.socket)
	if err != nil {
		client.SetLinger(0) //nolint:errcheck // the client sees an end in any case
		return
	}
	defer server.Close()
	go func() {
		defer client.Close()
		pass(client, server, p.answer)
	}()
	asked := new(commands)
	pass(server, client, func(to io.Writer, sent []byte) error { return p.send(client, to, sent, asked.add(sent)) })
}

// pass gives to do what it reads, piece by piece, until there is an error.
func pass(to io.Writer, from io.Reader, do func(to io.Writer, piece []byte) error) {
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		if err != nil || do(to, buffer[:n]) != nil {
			return
		}
	}
}

// send does what the fault does to a piece of requests, with which so many commands are
// whole.
func (p *Proxy) send(client *net.TCPConn, redis io.Writer, request []byte, commands int) error {
	p.asked.Add(1)
	switch Fault(p.fault.Load()) {
	case BlackHole:
		return nil
	case Reset:
		client.SetLinger(0) //nolint:errcheck // the client sees an end in any case
		return io.EOF
	case Loading:
		_, err := io.WriteString(client, strings.Repeat("-LOADING Redis is loading the dataset in memory\r\n", commands))
		return err
	case Trickle:
		time.Sleep(time.Duration(len(request)) * time.Second / 1024)
	}
	_, err := redis.Write(request)
	return err
}

// answer does what the fault does to an answer.
func (p *Proxy) answer(client io.Writer, answer []byte) error {
	switch Fault(p.fault.Load()) {
	case BlackHole:
		return nil
	case Slow:
		time.Sleep(1500 * time.Millisecond)
	case Trickle:
		time.Sleep(time.Duration(len(answer)) * time.Second / 1024)
	}
	_, err := client.Write(answer)
	return err
}
