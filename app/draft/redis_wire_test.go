package draft

import (
	"context"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"

	"joinery/app/form"
)

// TestRedisAsksOnce looks at what goes over the wire, whatever the client
// calls it: one write for each call, and a save is a transaction.
func TestRedisAsksOnce(t *testing.T) {
	s := openRedis(t, startRedis(t))
	var w wire
	s.client.AddHook(&w)
	save := aSave("about", form.Answers{"name": {strings.Repeat("long ", 2000)}})
	mustSave(t, s, id, save) // connects
	mustLoad(t, s, id)       // connects too: the client keeps connections for transactions apart
	if len(w.take()) == 0 {
		t.Fatal("this test does not see what goes over the wire")
	}

	mustLoad(t, s, id)
	if sent := w.take(); len(sent) != 1 {
		t.Errorf("Load wrote to Redis %d times, want once: %q", len(sent), sent)
	}
	mustSave(t, s, id, save)
	sent := w.take()
	if len(sent) != 1 {
		t.Fatalf("Save wrote to Redis %d times, want once: %q", len(sent), sent)
	}
	if !strings.Contains(sent[0], "multi\r\n") || !strings.HasSuffix(sent[0], "exec\r\n") {
		t.Errorf("Save sent %q, want a transaction from multi to exec", sent[0])
	}
}

// A wire is a hook that records each write to the connections of a client.
type wire struct {
	mu   sync.Mutex
	sent []string
}

// take returns what was sent since it was last called.
func (w *wire) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	sent := w.sent
	w.sent = nil
	return sent
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
