//go:build e2e

package journeytest

import (
	"strings"
	"testing"
	"time"

	"joinery/app/draft"
	"joinery/app/redistest"
)

// stores are all draft stores.
var stores = map[string]opener{"embedded": openEmbedded, "Redis": openRedis}

// openRedis starts a redis-server for this test.
func openRedis(t testing.TB, ttl time.Duration, now func() time.Time) (draft.Store, func(testing.TB) []string) {
	t.Helper()
	server := redistest.New(t)
	s, err := draft.NewRedis(server.URL, ttl, now)
	Must(t, err)
	t.Cleanup(func() { s.Close() })
	return s, func(t testing.TB) []string {
		t.Helper()
		keys := strings.Fields(server.Ask(t, "EVAL", `return table.concat(redis.call('KEYS', '*'), ' ')`, "0"))
		for i, key := range keys {
			keys[i] = strings.TrimPrefix(key, "joinery:draft:")
		}
		return keys
	}
}
