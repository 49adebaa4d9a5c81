// Package redistest runs a real redis-server for a test, on a Unix socket and empty, or
// with a dump. No part of the program uses it.
package redistest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Start starts a redis-server and returns its URL. The server ends with the test.
func Start(t testing.TB) (url string) {
	t.Helper()
	return New(t).URL
}

// A Server is a redis-server of one test.
type Server struct {
	URL string // unix://...

	socket  string
	options []string
	running *exec.Cmd // nil: the server is stopped
}

// New starts a redis-server with more options, as in its command line. The server
// ends with the test.
func New(t testing.TB, options ...string) *Server {
	t.Helper()
	dir, err := os.MkdirTemp("", "redis") // the path of t.TempDir() may be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "socket")
	s := &Server{URL: "unix://" + socket, socket: socket, options: options}
	t.Cleanup(s.Stop)
	s.Restart(t)
	return s
}

// Restore starts a redis-server with the content of dump, a file that a redis-server
// has saved. Restart brings that content back. The server ends with the test.
func Restore(t testing.TB, dump string) *Server {
	t.Helper()
	return New(t, "--dir", filepath.Dir(dump), "--dbfilename", filepath.Base(dump))
}

// Stop kills the server, which forgets everything. Stopping a stopped server does
// nothing.
func (s *Server) Stop() {
	if s.running == nil {
		return
	}
	s.running.Process.Kill() //nolint:errcheck // the server may have ended already
	s.running.Wait()         //nolint:errcheck // the error is that it was killed
	s.running = nil
}

// Restart starts the server again, empty and at the same URL, and waits until it
// answers.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	s.Stop()
	server := exec.Command("redis-server", append([]string{"--port", "0", "--unixsocket", s.socket,
		"--dir", filepath.Dir(s.socket), "--save", "", "--appendonly", "no"}, s.options...)...)
	if err := server.Start(); err != nil {
		t.Fatalf("this test needs redis-server: install it, for example with apt-get install redis-server (%v)", err)
	}
	s.running = server
	s.await(t, "PONG", "PING")
}

// await asks until the answer has words in it.
func (s *Server) await(t testing.TB, words string, command ...string) {
	t.Helper()
	tick, deadline := time.NewTicker(5*time.Millisecond), time.After(10*time.Second)
	defer tick.Stop()
	for {
		answer, err := s.send(command...)
		if err == nil && strings.Contains(answer, words) {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("redis-server, asked %q for 10 seconds, still answers %q, %v", command, answer, err)
		}
	}
}
