package redistest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
)

// Ask sends one command and returns the reply, a string or a number. It returns "" for
// a reply of nil. This client is for tests: only package draft may know the library
// for Redis.
func (s *Server) Ask(t testing.TB, command ...string) string {
	t.Helper()
	answer, err := s.send(command...)
	if err != nil {
		t.Fatalf("Redis, asked %q: %v", command, err)
	}
	return answer
}

// Dump returns every hash in Redis, a line for each field, and the number of changes
// since the start.
func (s *Server) Dump(t testing.TB) string {
	t.Helper()
	const script = `
		local lines = {}
		for _, key in ipairs(redis.call('KEYS', '*')) do
			local hash = redis.call('HGETALL', key)
			for i = 1, #hash, 2 do table.insert(lines, key .. ' ' .. hash[i] .. ' ' .. hash[i + 1]) end
		end
		table.sort(lines)
		return table.concat(lines, '\n')`
	all := s.Ask(t, "EVAL", script, "0")
	_, changes, ok := strings.Cut(s.Ask(t, "INFO", "persistence"), "rdb_changes_since_last_save:")
	if !ok {
		t.Fatal("Redis does not count its changes")
	}
	changes, _, _ = strings.Cut(changes, "\r\n")
	return fmt.Sprintf("Redis after %s changes:\n%s\n", changes, all)
}

// send sends one command on a connection of its own and returns the reply.
func (s *Server) send(command ...string) (string, error) {
	conn, err := net.Dial("unix", s.socket)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	request := fmt.Sprintf("*%d\r\n", len(command))
	for _, word := range command {
		request += fmt.Sprintf("$%d\r\n%s\r\n", len(word), word)
	}
	if _, err := io.WriteString(conn, request); err != nil {
		return "", err
	}
	return readReply(bufio.NewReader(conn))
}

// readReply reads one reply.
func readReply(from *bufio.Reader) (string, error) {
	first, err := from.ReadString('\n')
	if err != nil {
		return "", err
	}
	kind, rest := first[0], strings.TrimSpace(first[1:])
	switch kind {
	case '+', ':':
		return rest, nil
	case '$':
		length, err := strconv.Atoi(rest)
		if err != nil || length < 0 {
			return "", err // -1 is the length of nil
		}
		value := make([]byte, length)
		_, err = io.ReadFull(from, value)
		return string(value), err
	}
	return "", errors.New(strings.TrimSpace(first))
}
