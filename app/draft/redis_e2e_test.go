//go:build e2e

package draft

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/redistest"
)

func init() { harnesses["Redis"] = newRedisHarness }

func newRedisHarness(t *testing.T) harness {
	server := redistest.New(t)
	c := newClock()
	return harness{
		clock: c,
		open:  func(t *testing.T) store { return openRedis(t, server.URL, c.now) },
		raw:   func(t *testing.T) string { return server.Dump(t) },
	}
}

// TestRedisRemovesExpiredDrafts though the program never asks for them again.
func TestRedisRemovesExpiredDrafts(t *testing.T) {
	server := redistest.New(t)
	s := openRedis(t, server.URL, time.Now)
	for _, section := range []string{"about", "about", "contact"} {
		mustSave(t, s, key, newSave(time.Now(), section, nil))
		left, err := strconv.ParseInt(server.Ask(t, "PTTL", redisKey(key)), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if left := time.Duration(left) * time.Millisecond; left > ttl || left < ttl-time.Minute {
			t.Errorf("after a save of %s Redis removes it in %v, want %v", section, left, ttl)
		}
		server.Ask(t, "PEXPIRE", redisKey(key), "60000") // time passes
	}
}

// TestRedisRefusesWithoutWriting counts the changes in Redis.
func TestRedisRefusesWithoutWriting(t *testing.T) {
	server, c := redistest.New(t), newClock()
	s := openRedis(t, server.URL, c.now)
	mustSave(t, s, key, newSave(c.now(), "about", nil))
	before := server.Dump(t)

	save := newSave(c.now(), "about", nil)
	save.Base = 7
	wantRefused(t, s, save, ErrConflict)
	save = newSave(c.now(), "about", form.Answers{"story": {string(make([]byte, maxBytes))}})
	wantRefused(t, s, save, ErrTooLarge)
	c.pass(ttl)
	save = newSave(c.now(), "about", nil)
	save.Begin = false
	wantRefused(t, s, save, ErrNotFound)
	if after := server.Dump(t); after != before {
		t.Errorf("refusing has left\n%s, want it unchanged:\n%s", after, before)
	}
}

// TestRedisErrorsAreDiscreet uses servers that do not know a command. Their errors quote
// the beginning of the call.
func TestRedisErrorsAreDiscreet(t *testing.T) {
	server := redistest.New(t)
	known := openRedis(t, server.URL, time.Now)
	save := newSave(time.Now(), "about", form.Answers{"name": {"Ann-Sophie"}})
	mustSave(t, known, key, save)
	for _, command := range []string{"EVALSHA", "HGETALL", "DEL", "HSET"} {
		t.Run(command, func(t *testing.T) {
			s := openRedis(t, redistest.New(t, "--rename-command", command, "").URL, time.Now)
			_, saving := s.Save(t.Context(), idOf(key), save)
			_, loading := s.Load(t.Context(), idOf(key))
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
			_, err := known.Load(t.Context(), idOf(key))
			wantDiscreet(t, "Load", err)
		})
	}
}

func TestRedisComesBack(t *testing.T) {
	server := redistest.New(t)
	s := openRedis(t, server.URL, time.Now)
	mustSave(t, s, key, newSave(time.Now(), "about", nil))
	mustLoad(t, s, key)
	server.Stop()
	wantDiscreet(t, "Ping", s.Ping(t.Context()))
	server.Restart(t)
	mustSave(t, s, key, newSave(time.Now(), "about", nil)) // at the first attempt
	mustLoad(t, s, key)
}

// TestRedisThatIsOutOfMemoryTakesNoDraft saves a new draft, an old one, and one that has
// expired by our clock and not by that of Redis.
func TestRedisThatIsOutOfMemoryTakesNoDraft(t *testing.T) {
	server, c := redistest.New(t, "--maxmemory-policy", "noeviction"), newClock()
	s := openRedis(t, server.URL, c.now)
	mustSave(t, s, "expired", newSave(c.now(), "about", form.Answers{"name": {"Ann"}}))
	mustSave(t, s, "expired", newSave(c.now(), "contact", nil))
	c.pass(ttl)
	mustSave(t, s, "another", newSave(c.now(), "about", form.Answers{"name": {"Ann"}}))
	before := server.Dump(t)
	server.Ask(t, "CONFIG", "SET", "maxmemory", "1")
	for _, key := range []string{key, "another", "expired"} {
		_, err := s.Save(t.Context(), idOf(key), newSave(c.now(), "about", form.Answers{"name": {"Zoë"}}))
		wantDiscreet(t, "Save", err)
		if err == nil || !strings.Contains(err.Error(), "(OOM)") {
			t.Errorf("%s: Save = %v, want that Redis is out of memory", key, err)
		}
	}
	if after := server.Dump(t); after != before {
		t.Errorf("without memory there is\n%s\nwant\n%s", after, before)
	}
	server.Ask(t, "CONFIG", "SET", "maxmemory", "0")
	for _, key := range []string{key, "another", "expired"} {
		mustSave(t, s, key, newSave(c.now(), "about", form.Answers{"name": {"Zoë"}}))
		if d := mustLoad(t, s, key); len(d.Sections) != 1 || d.Sections["about"].Answers.First("name") != "Zoë" {
			t.Errorf("%s: with memory there is %+v", key, d)
		}
		mustDelete(t, s, key)
	}
}

// TestRedisLoadsAnOldDraft with a field that is not written any more.
func TestRedisLoadsAnOldDraft(t *testing.T) {
	server, c := redistest.New(t), newClock()
	s := openRedis(t, server.URL, c.now)
	server.Ask(t, "HSET", redisKey(key), "lang", "fr", "saved", strconv.FormatInt(c.now().UnixMilli(), 10), "n", "7",
		"s:about", `{"answers":{"name":["Ann"]},"form":"v1"}`, "v:about", "7 a page", "m:about", "a mark")
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Ann"}}})
	follows := newSave(c.now(), "about", form.Answers{"name": {"Anne"}})
	follows.Base, follows.Page = 2, "a page" // the page was shown before its autosaves
	if version := mustSave(t, s, key, follows); version != 8 {
		t.Errorf("the next save has version %d, want 8", version)
	}
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Anne"}}})
	if raw := server.Dump(t); strings.Contains(raw, "Ann") {
		t.Error("what was in clear is so after the next save")
	}
}

func TestRedisKeepsNoLanguage(t *testing.T) {
	server := redistest.New(t)
	s := openRedis(t, server.URL, time.Now)
	mustSave(t, s, key, newSave(time.Now(), "about", nil))
	if there := server.Ask(t, "HEXISTS", redisKey(key), "lang"); there != "0" {
		t.Error("Redis keeps a language, which the program does not read")
	}
}
