//go:build e2e

package web

import (
	"testing"

	"joinery/app/draft"
	"joinery/app/redistest"
)

func init() { storeOpeners["Redis"] = openRedisDrafts }

// openRedisDrafts opens a draft store in a redis-server that runs for this test.
func openRedisDrafts(t *testing.T, c *clock) testDraftStore {
	t.Helper()
	server := redistest.New(t)
	s, err := draft.NewRedis(server.URL, draftTTL, c.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return testDraftStore{Store: s, dump: func(t *testing.T) string { t.Helper(); return server.Dump(t) }, fail: server.Stop}
}
