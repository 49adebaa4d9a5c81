package redistest

import (
	"net"
	"testing"
)

// NewNode starts a redis-server as the only node of a cluster, and waits until it
// serves a range of slots: the first and the last. Without a range it serves none.
func NewNode(t testing.TB, slots ...string) *Server {
	t.Helper()
	s := New(t, "--cluster-enabled", "yes", "--cluster-require-full-coverage", "no",
		"--bind", "127.0.0.1", "--port", freePort(t), "--cluster-port", freePort(t)) // which a cluster must have
	if len(slots) > 0 {
		s.Ask(t, append([]string{"CLUSTER", "ADDSLOTSRANGE"}, slots...)...)
		s.await(t, "cluster_state:ok", "CLUSTER", "INFO")
	}
	return s
}

func freePort(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}
