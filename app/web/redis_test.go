package web

import (
	"testing"

	"joinery/app/draft"
	"joinery/app/redistest"
)

// openRedis starts a real redis-server for this test.
func openRedis(t *testing.T, c *clock) keeper {
	t.Helper()
	server := redistest.New(t)
	s, err := draft.NewRedis(server.URL, draftTTL, c.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return keeper{Store: s, dump: func(t *testing.T) string { t.Helper(); return server.Dump(t) }, stop: server.Stop}
}
