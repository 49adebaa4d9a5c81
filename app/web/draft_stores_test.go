package web

import (
	"path/filepath"
	"testing"

	"joinery/app/draft"
)

// A testDraftStore is a draft store that a test can look into and break.
type testDraftStore struct {
	draft.Store
	dump func(t *testing.T) string // all that it keeps
	fail func()                    // after which it fails
}

// An storeOpener is one way to keep drafts.
type storeOpener func(t *testing.T, c *clock) testDraftStore

var storeOpeners = map[string]storeOpener{"embedded": openSQLiteDrafts, "Redis": openRedisDrafts}

func openSQLiteDrafts(t *testing.T, c *clock) testDraftStore {
	t.Helper()
	path := filepath.Join(t.TempDir(), "drafts.db")
	s, err := draft.OpenSQL(t.Context(), path, draftTTL, c.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return testDraftStore{Store: s, dump: func(t *testing.T) string { return dumpSQLite(t, path) }, fail: func() { s.Close() }}
}
