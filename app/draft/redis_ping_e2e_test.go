//go:build e2e

package draft

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/redistest"
)

// TestRedisPingFindsARedisThatSavesNoDraft compares Ping with Save, which must fail too.
func TestRedisPingFindsARedisThatSavesNoDraft(t *testing.T) {
	limited := func(rules ...string) func(*testing.T, *redistest.Server) string {
		return func(t *testing.T, s *redistest.Server) string {
			s.Ask(t, append([]string{"ACL", "SETUSER", "limited", "on", ">hush"}, rules...)...)
			return strings.Replace(s.URL, "unix://", "unix://limited:hush@", 1)
		}
	}
	told := func(command ...string) func(*testing.T, *redistest.Server) string {
		return func(t *testing.T, s *redistest.Server) string { s.Ask(t, command...); return s.URL }
	}
	tests := []struct {
		name  string
		spoil func(t *testing.T, s *redistest.Server) (url string)
		want  string
	}{
		{"out of memory", told("CONFIG", "SET", "maxmemory", "1"), "out of memory"},
		{"a replica", told("REPLICAOF", "127.0.0.1", "1"), "replica"},
		{"with too few replicas of its own", told("CONFIG", "SET", "min-replicas-to-write", "1"), "replicas"},
		{"without EVAL and EVALSHA", limited("~*", "+@all", "-eval", "-evalsha"), "may not"},
		{"without EVALSHA", limited("~*", "+@all", "-evalsha"), "may not"},
		{"without HSET", limited("~*", "+@all", "-hset"), ""},
		{"without the keys", limited("~other:*", "+@all"), "may not"},
		{"with another password", func(t *testing.T, s *redistest.Server) string {
			return strings.Replace(limited("~*", "+@all")(t, s), "hush@", "hushhush@", 1)
		}, "password"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := redistest.New(t)
			s := openRedis(t, tt.spoil(t, server), time.Now)
			wantRedisFault(t, s, tt.want)
		})
	}
}

// wantRedisFault wants Ping and Save to name the fault and no password.
func wantRedisFault(t *testing.T, s *Redis, want string) {
	t.Helper()
	_, saving := s.Save(t.Context(), idOf(key), newSave(time.Now(), "about", form.Answers{"name": {"Ann-Sophie"}}))
	for call, err := range map[string]error{"Ping": s.Ping(t.Context()), "Save": saving} {
		wantDiscreet(t, call, err)
		if err != nil && (!strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush")) {
			t.Errorf("%s: %v, want words with %q and no password", call, err, want)
		}
	}
}

// TestRedisPingFindsANodeWithoutAllSlots of a cluster. A draft has one of 16384 slots.
func TestRedisPingFindsANodeWithoutAllSlots(t *testing.T) {
	for name, slots := range map[string][]string{
		"none":            nil,
		"the first half":  {"0", "8191"},
		"the second half": {"8192", "16383"},
		"the first third": {"0", "5460"}, "the second third": {"5461", "10922"}, "the last third": {"10923", "16383"},
		"all but a sixth": {"2731", "16383"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantPart(t, openRedis(t, redistest.NewNode(t, slots...).URL, time.Now))
		})
	}
	t.Run("unless it has all", func(t *testing.T) {
		t.Parallel()
		s := openRedis(t, redistest.NewNode(t, "0", "16383").URL, time.Now)
		mustPing(t, s)
		mustSave(t, s, key, newSave(time.Now(), "about", nil))
	})
}

func wantPart(t *testing.T, s *Redis) {
	t.Helper()
	err := s.Ping(t.Context())
	wantDiscreet(t, "Ping", err)
	if err != nil && !strings.Contains(err.Error(), "cluster") {
		t.Errorf("Ping: %v, want words about a cluster", err)
	}
}

func TestRedisPingLeavesNoTrace(t *testing.T) {
	server := redistest.New(t)
	s := openRedis(t, server.URL, time.Now)
	mustPing(t, s)
	if n := server.Ask(t, "DBSIZE"); n != "0" {
		t.Errorf("Ping has left %s keys", n)
	}
}

// TestRedisRemovesTheProbeOfABrokenPing that could not delete it.
func TestRedisRemovesTheProbeOfABrokenPing(t *testing.T) {
	server := redistest.New(t, "--rename-command", "DEL", "")
	s := openRedis(t, server.URL, time.Now)
	wantDiscreet(t, "Ping", s.Ping(t.Context()))
	name := server.Ask(t, "RANDOMKEY")
	if left := server.Ask(t, "PTTL", name); len(left) > len("10000") || strings.HasPrefix(left, "-") {
		t.Errorf("Redis keeps %s for %s ms, want no more than ten seconds", name, left)
	}
}

func TestRedisPingsAtTheSameTimeWriteOnce(t *testing.T) {
	server, c := redistest.New(t), newClock()
	s := openRedis(t, server.URL, c.now)
	var w wire
	s.client.AddHook(&w)
	mustPing(t, s) // the first run sends the script
	w.commands()
	for second := range 2 {
		c.pass(time.Second)
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				if err := s.Ping(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		saves := slices.DeleteFunc(w.commands(), func(command string) bool { return command != "evalsha" })
		if len(saves) != 1 {
			t.Errorf("in second %d there were %d saves, want 1", second, len(saves))
		}
	}
}
