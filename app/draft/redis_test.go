package draft

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

func newRedisBench(t *testing.T) bench {
	socket := startRedis(t)
	admin := redis.NewClient(&redis.Options{Network: "unix", Addr: socket})
	t.Cleanup(func() { admin.Close() })
	return bench{
		open: func(t *testing.T) store { return openRedis(t, socket) },
		pass: func(t *testing.T, d time.Duration) { shortenTTLs(t, admin, d) },
		raw:  func(t *testing.T) string { return hashesIn(t, admin) },
	}
}

func openRedis(t *testing.T, socket string) *Redis {
	t.Helper()
	r, err := NewRedis("unix://"+socket, ttl)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// startRedis starts a real redis-server for this test and returns its socket.
func startRedis(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Fatal("this test needs redis-server: install it, for example with apt-get install redis-server")
	}
	dir, err := os.MkdirTemp("", "redis") // t.TempDir() has the test's name in it: too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "socket")
	serveRedis(t, socket)
	return socket
}

// serveRedis starts a redis-server on socket, waits until it answers, and
// returns a function that ends it.
func serveRedis(t *testing.T, socket string) (stop func()) {
	t.Helper()
	ctx, kill := context.WithCancel(context.Background())
	server := exec.CommandContext(ctx, "redis-server", "--port", "0", "--unixsocket", socket,
		"--dir", filepath.Dir(socket), "--save", "", "--appendonly", "no")
	if err := server.Start(); err != nil {
		kill()
		t.Fatal(err)
	}
	stop = func() {
		kill()
		server.Wait() //nolint:errcheck // it says that it was killed
	}
	t.Cleanup(stop)

	client := redis.NewClient(&redis.Options{Network: "unix", Addr: socket, MaxRetries: -1, DialerRetries: 1})
	defer client.Close()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(10 * time.Second)
	for client.Ping(ctx).Err() != nil {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("redis-server does not answer 10 seconds after its start")
		}
	}
	return stop
}

// shortenTTLs takes d from the time that every key has left, as if d had
// passed. A key that stays for ever is a failure.
func shortenTTLs(t *testing.T, admin *redis.Client, d time.Duration) {
	t.Helper()
	for _, key := range admin.Keys(t.Context(), "*").Val() {
		left, err := admin.PTTL(t.Context(), key).Result()
		if err != nil || left <= 0 {
			t.Fatalf("PTTL %s is %v, %v, want time left", key, left, err)
		}
		if err := admin.PExpire(t.Context(), key, left-d).Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// hashesIn returns all that is in Redis.
func hashesIn(t *testing.T, admin *redis.Client) string {
	t.Helper()
	keys := admin.Keys(t.Context(), "*").Val()
	slices.Sort(keys)
	var all strings.Builder
	for _, key := range keys {
		hash, err := admin.HGetAll(t.Context(), key).Result()
		if err != nil {
			t.Fatalf("HGETALL %s: %v", key, err)
		}
		fmt.Fprintln(&all, key)
		for _, field := range slices.Sorted(maps.Keys(hash)) {
			fmt.Fprintln(&all, field, hash[field])
		}
	}
	return all.String()
}
