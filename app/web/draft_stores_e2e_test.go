package web

import (
	"testing"

	"joinery/app/draft"
	"joinery/app/redistest"
)

// openRedisDrafts starts a real redis-server for this test.
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
