//go:build e2e

package redistest

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestAStoppedServerForgetsEverything(t *testing.T) {
	s := New(t, "--maxclients", "7")
	if got := s.Ask(t, "HSET", "a key", "field", "one\r\ntwo"); got != "1" {
		t.Errorf("HSET answers %q, want 1", got)
	}
	if got := s.Dump(t); !strings.Contains(got, "after 1 changes") || !strings.Contains(got, "a key field one\r\ntwo") {
		t.Errorf("Dump = %q, want what was kept, after 1 change", got)
	}
	if got := s.Ask(t, "HGET", "a key", "another"); got != "" {
		t.Errorf("HGET answers %q to what is not there", got)
	}
	s.Stop()
	s.Stop() // no error
	if answer, err := s.send("PING"); err == nil {
		t.Errorf("stopped, it answers %q", answer)
	}
	s.Restart(t)
	if got := s.Dump(t); strings.Contains(got, "a key") {
		t.Errorf("after a restart there is still %q", got)
	}
	if _, err := s.send("NONSENSE"); err == nil || !strings.Contains(err.Error(), "unknown command") {
		t.Errorf("an unknown command: %v, want the error of Redis", err)
	}
}

func TestServersShareNothing(t *testing.T) {
	if one, other := Start(t), Start(t); one == other || !strings.HasPrefix(one, "unix:///") {
		t.Errorf("two servers are at %s and %s", one, other)
	}
}

func TestAServerBeginsWithADump(t *testing.T) {
	saved := New(t)
	saved.Ask(t, "HSET", "a key", "field", "value")
	saved.Ask(t, "SAVE")
	s := Restore(t, filepath.Join(filepath.Dir(saved.socket), "dump.rdb"))
	for range 2 {
		if got := s.Dump(t); !strings.Contains(got, "a key field value") {
			t.Errorf("Dump = %q, want what was saved", got)
		}
		s.Restart(t)
	}
}
