package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"joinery/app/draft"
)

// openRedis starts a real redis-server for this test. The clock does not move
// it: what it keeps, it keeps by its own.
func openRedis(t *testing.T, _ *clock) keeper {
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
	stop := serveRedis(t, socket)
	s, err := draft.NewRedis("unix://"+socket, draftTTL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return keeper{Store: s, dump: func(t *testing.T) string { return dumpRedis(t, socket) }, stop: stop}
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
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(10 * time.Second)
	for {
		if answer, err := askRedis(socket, "PING"); err == nil && answer == "PONG" {
			return stop
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("redis-server does not answer 10 seconds after its start")
		}
	}
}

// dumpRedis returns all that is in Redis, and how often anything was changed.
func dumpRedis(t *testing.T, socket string) string {
	t.Helper()
	const script = `local all = ''
		for _, key in ipairs(redis.call('KEYS', '*')) do all = all .. key .. ' ' .. cjson.encode(redis.call('HGETALL', key)) .. ' ' end
		return all`
	all, err := askRedis(socket, `EVAL "`+strings.ReplaceAll(script, "\n", " ")+`" 0`)
	if err != nil {
		t.Fatal(err)
	}
	info, err := askRedis(socket, "INFO persistence")
	if err != nil {
		t.Fatal(err)
	}
	_, changes, ok := strings.Cut(info, "rdb_changes_since_last_save:")
	if !ok {
		t.Fatalf("Redis does not count its changes: %s", info)
	}
	changes, _, _ = strings.Cut(changes, "\r\n")
	return fmt.Sprintf("Redis after %s changes: %s", changes, all)
}

// askRedis sends one command and returns its answer, a string. Package draft
// alone knows a client for Redis.
func askRedis(socket, command string) (string, error) {
	conn, err := net.Dial("unix", socket)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "%s\r\n", command); err != nil {
		return "", err
	}
	answer := bufio.NewReader(conn)
	first, err := answer.ReadString('\n')
	if err != nil {
		return "", err
	}
	first = strings.TrimSpace(first)
	if first[0] != '$' {
		return first[1:], nil
	}
	length, err := strconv.Atoi(first[1:])
	if err != nil {
		return "", err
	}
	value := make([]byte, length)
	_, err = io.ReadFull(answer, value)
	return string(value), err
}
