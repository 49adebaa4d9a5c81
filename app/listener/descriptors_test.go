package listener

import (
	"log/slog"
	"net"
	"strings"
	"sync"
	"syscall"
	"testing"
)

func TestDescriptorsAreLeftForTheStores(t *testing.T) {
	t.Parallel()
	for limit, want := range map[uint64]int{64: 32, 512: 256, 1024: 768, 1792: 1536, 1 << 62: 1536} {
		if got := connectionsWithin(limit); got != want {
			t.Errorf("with %d descriptors a site holds %d connections, want %d", limit, got, want)
		}
	}
}

// TestWithoutADescriptorAConnectionWaitsForOne runs beside no other test, as none of
// them could open anything.
func TestWithoutADescriptorAConnectionWaitsForOne(t *testing.T) {
	var said words
	e := newEcho(t, Options{Total: 9, PerAddress: 9, Log: slog.New(slog.NewTextHandler(&said, nil))})
	waits, client := e.open("127.0.0.1"), newSocket(t)
	giveBack := takeDescriptors(t)
	defer giveBack()
	client.connect(e.Addr())
	eventually(t, func() bool { return e.held() == 0 }) // Accept has failed, and freed a connection
	giveBack()
	client.wantAnswer()
	e.wantClosed(waits)
	e.wantAnswer(e.open("127.0.0.1"))
	if n := said.count("no connection can be accepted"); n != 1 {
		t.Errorf("the log says %d times within a minute that there is none, want once", n)
	}
}

// words are what a log says. They may be read and written at the same time.
type words struct {
	sync.Mutex
	strings.Builder
}

func (w *words) Write(p []byte) (int, error) {
	w.Lock()
	defer w.Unlock()
	return w.Builder.Write(p)
}

func (w *words) count(word string) int {
	w.Lock()
	defer w.Unlock()
	return strings.Count(w.String(), word)
}

// takeDescriptors lets the process open nothing until giveBack is called.
func takeDescriptors(t *testing.T) (giveBack func()) {
	t.Helper()
	var usual syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &usual); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Max: usual.Max}); err != nil {
		t.Fatal(err)
	}
	return func() { syscall.Setrlimit(syscall.RLIMIT_NOFILE, &usual) } //nolint:errcheck // the next connection tells
}

// A socket is a client that has its descriptor before it connects.
type socket struct {
	t  *testing.T
	fd int
}

func newSocket(t *testing.T) socket {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) }) //nolint:errcheck // a test is over
	return socket{t, fd}
}

func (s socket) connect(to net.Addr) {
	s.t.Helper()
	at := syscall.SockaddrInet4{Port: to.(*net.TCPAddr).Port, Addr: [4]byte{127, 0, 0, 1}}
	if err := syscall.Connect(s.fd, &at); err != nil {
		s.t.Fatal(err)
	}
}

func (s socket) wantAnswer() {
	s.t.Helper()
	if _, err := syscall.Write(s.fd, []byte("?")); err != nil {
		s.t.Fatal(err)
	}
	if n, err := syscall.Read(s.fd, make([]byte, 1)); n != 1 {
		s.t.Errorf("a connection that waited has no answer: %v", err)
	}
}
