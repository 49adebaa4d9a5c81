//go:build e2e

package draft

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"joinery/app/form"
	"joinery/app/redistest"
)

// TestRedisAsksOnce counts the writes to connections: one for each call.
func TestRedisAsksOnce(t *testing.T) {
	server := redistest.New(t)
	s := openRedis(t, server.URL, time.Now)
	var w wire
	s.client.AddHook(&w)
	connect(t, s)
	if len(w.commands()) == 0 {
		t.Fatal("this test does not see what goes over the wire")
	}
	save := newSave(time.Now(), "about", form.Answers{"name": {strings.Repeat("long ", 2000)}})
	steps := []struct {
		name string
		do   func()
		want []string
	}{
		{"the first Save, to a Redis that does not know the script,", func() { mustSave(t, s, key, save) }, []string{"evalsha", "eval"}},
		{"Save", func() { mustSave(t, s, key, save) }, []string{"evalsha"}},
		{"Load", func() { mustLoad(t, s, key) }, []string{"hgetall"}},
		{"a Save after Redis forgot the script", func() { server.Ask(t, "SCRIPT", "FLUSH"); mustSave(t, s, key, save) }, []string{"evalsha", "eval"}},
		{"Delete", func() { mustDelete(t, s, key) }, []string{"del"}},
	}
	for _, step := range steps {
		step.do()
		if got := w.commands(); !slices.Equal(got, step.want) {
			t.Errorf("%s sent %q, want %q", step.name, got, step.want)
		}
	}
}

// TestRedisSavesOnceWhatIsSentTwice loses answers. The client then sends the save again,
// which must not conflict with itself.
func TestRedisSavesOnceWhatIsSentTwice(t *testing.T) {
	s := openRedis(t, redistest.Start(t), time.Now)
	var w wire
	s.client.AddHook(&w)
	var base int64
	for i := range 3 {
		save := newSave(time.Now(), "about", form.Answers{"i": {fmt.Sprint(i)}})
		save.Base, save.Begin = base, i == 0
		connect(t, s)
		w.commands()
		w.deaf.Store(i > 0) // the first save sends the script
		version := mustSave(t, s, key, save)
		if sent := w.commands(); i > 0 && (sent[0] != "evalsha" || sent[len(sent)-1] != "evalsha" || len(sent) < 2) {
			t.Fatalf("this test loses no answers: the client sent %q", sent)
		}
		if version != base+1 {
			t.Errorf("the save of version %d made version %d, want %d", base, version, base+1)
		}
		wantAnswers(t, s, map[string]form.Answers{"about": save.Content.Answers})
		base = version
	}
}

// connect opens a connection.
func connect(t *testing.T, s *Redis) {
	t.Helper()
	if err := s.client.Ping(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
}

// A wire is a hook that records each write to the connections of a client.
type wire struct {
	deaf atomic.Bool // closes the connection instead of the next answer

	mu   sync.Mutex
	sent []string
}

// commands returns the first command of each write since it was last called.
func (w *wire) commands() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var commands []string
	for _, sent := range w.sent {
		commands = append(commands, strings.Split(sent, "\r\n")[2]) // *16, $7, evalsha
	}
	w.sent = nil
	return commands
}

func (w *wire) DialHook(dial redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		return tappedConn{conn, w}, err
	}
}

func (*wire) ProcessHook(process redis.ProcessHook) redis.ProcessHook { return process }

func (*wire) ProcessPipelineHook(process redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return process
}

type tappedConn struct {
	net.Conn
	wire *wire
}

func (c tappedConn) Write(p []byte) (int, error) {
	c.wire.mu.Lock()
	c.wire.sent = append(c.wire.sent, string(p))
	c.wire.mu.Unlock()
	return c.Conn.Write(p)
}

func (c tappedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.wire.deaf.CompareAndSwap(true, false) {
		return 0, errors.Join(io.EOF, c.Close())
	}
	return n, err
}
