//go:build e2e

package draft

import (
	"strconv"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/redistest"
)

func init() { benches["Redis"] = newRedisBench }

func newRedisBench(t *testing.T) bench {
	server := redistest.New(t)
	c := newClock()
	return bench{
		clock: c,
		open:  func(t *testing.T) store { return openRedis(t, server.URL, c.now) },
		raw:   func(t *testing.T) string { return server.Dump(t) },
	}
}

// TestRedisForgetsByItself looks at what becomes of a draft that the program
// never asks for again.
func TestRedisForgetsByItself(t *testing.T) {
	server := redistest.New(t)
	s := openRedis(t, server.URL, time.Now)
	for _, section := range []string{"about", "about", "contact"} {
		mustSave(t, s, key, aSave(time.Now(), section, nil))
		left, err := strconv.ParseInt(server.Ask(t, "PTTL", redisKey(key)), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if left := time.Duration(left) * time.Millisecond; left > ttl || left < ttl-time.Minute {
			t.Errorf("after a save of %s Redis forgets it in %v, want %v", section, left, ttl)
		}
		server.Ask(t, "PEXPIRE", redisKey(key), "60000") // time passes
	}
}

// TestRedisRefusesWithoutWriting counts what Redis changed.
func TestRedisRefusesWithoutWriting(t *testing.T) {
	server, c := redistest.New(t), newClock()
	s := openRedis(t, server.URL, c.now)
	mustSave(t, s, key, aSave(c.now(), "about", nil))
	before := server.Dump(t)

	save := aSave(c.now(), "about", nil)
	save.Base = 7
	wantRefused(t, s, save, ErrConflict)
	save = aSave(c.now(), "about", form.Answers{"story": {string(make([]byte, MaxBytes))}})
	wantRefused(t, s, save, ErrTooLarge)
	c.pass(ttl)
	save = aSave(c.now(), "about", nil)
	save.Begin = false
	wantRefused(t, s, save, ErrNotFound)
	if after := server.Dump(t); after != before {
		t.Errorf("refusing has left\n%s, want what was there before:\n%s", after, before)
	}
}

// TestRedisErrorsAreDiscreet has a server that does not know a command, which
// then quotes the beginning of what it was sent.
func TestRedisErrorsAreDiscreet(t *testing.T) {
	server := redistest.New(t)
	known := openRedis(t, server.URL, time.Now)
	save := aSave(time.Now(), "about", form.Answers{"name": {"Ann-Sophie"}})
	mustSave(t, known, key, save)
	for _, command := range []string{"EVALSHA", "HGETALL", "DEL", "HSET"} {
		t.Run(command, func(t *testing.T) {
			s := openRedis(t, redistest.New(t, "--rename-command", command, "").URL, time.Now)
			_, saving := s.Save(t.Context(), key, save)
			_, loading := s.Load(t.Context(), key)
			switch command {
			case "HGETALL":
				wantDiscreet(t, "Load", loading)
			case "DEL":
				wantDiscreet(t, "Delete", s.Delete(t.Context(), key))
			default:
				wantDiscreet(t, "Save", saving)
			}
		})
	}
	for _, field := range []string{"s:about", "v:about", "saved"} {
		t.Run(field, func(t *testing.T) {
			mustSave(t, known, key, save)
			server.Ask(t, "HSET", redisKey(key), field, `{"answers":{"name":"Ann-Sophie"}}`)
			_, err := known.Load(t.Context(), key)
			wantDiscreet(t, "Load", err)
		})
	}
}

func TestRedisComesBack(t *testing.T) {
	server := redistest.New(t)
	s := openRedis(t, server.URL, time.Now)
	mustSave(t, s, key, aSave(time.Now(), "about", nil))
	mustLoad(t, s, key)
	server.Stop()
	wantDiscreet(t, "Ping", s.Ping(t.Context()))
	server.Restart(t)
	mustSave(t, s, key, aSave(time.Now(), "about", nil)) // at the first attempt
	mustLoad(t, s, key)
}

// TestRedisThatIsOutOfMemoryTakesNoDraft, neither a new one nor more of an old
// one.
func TestRedisThatIsOutOfMemoryTakesNoDraft(t *testing.T) {
	server := redistest.New(t)
	s := openRedis(t, server.URL, time.Now)
	mustSave(t, s, "another", aSave(time.Now(), "about", nil))
	server.Ask(t, "CONFIG", "SET", "maxmemory", "1")
	for _, key := range []string{key, "another"} {
		_, err := s.Save(t.Context(), key, aSave(time.Now(), "about", nil))
		wantDiscreet(t, "Save", err)
	}
	wantGone(t, s, key)
	mustDelete(t, s, "another")
}

// TestRedisLoadsADraftOfBefore that has a field which is not written any more.
func TestRedisLoadsADraftOfBefore(t *testing.T) {
	server, c := redistest.New(t), newClock()
	s := openRedis(t, server.URL, c.now)
	server.Ask(t, "HSET", redisKey(key), "lang", "fr", "saved", strconv.FormatInt(c.now().UnixMilli(), 10), "n", "7",
		"s:about", `{"answers":{"name":["Ann"]},"form":"v1"}`, "v:about", "7 a page", "m:about", "a mark")
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Ann"}}})
	follows := aSave(c.now(), "about", form.Answers{"name": {"Anne"}})
	follows.Base, follows.Page = 2, "a page" // which was shown before its own autosaves
	if version := mustSave(t, s, key, follows); version != 8 {
		t.Errorf("the next save has version %d, want 8", version)
	}
}

func TestRedisKeepsNoLanguage(t *testing.T) {
	server := redistest.New(t)
	s := openRedis(t, server.URL, time.Now)
	mustSave(t, s, key, aSave(time.Now(), "about", nil))
	if there := server.Ask(t, "HEXISTS", redisKey(key), "lang"); there != "0" {
		t.Error("Redis keeps a language that nobody reads")
	}
}
