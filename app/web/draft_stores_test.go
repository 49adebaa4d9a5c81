package web

import (
	"path/filepath"
	"testing"

	"joinery/app/dbtest"
	"joinery/app/draft"
)

// A testDraftStore is a draft store that a test can read as a whole and break.
type testDraftStore struct {
	draft.Store
	dump func(t *testing.T) string // returns all that the store keeps
	fail func()                    // makes every later call fail
}

// A storeOpener opens an empty draft store of one kind.
type storeOpener func(t *testing.T, c *clock) testDraftStore

// storeOpeners are the kinds of draft stores that tests cross with behaviour. The
// build tag e2e adds a real Redis.
var storeOpeners = map[string]storeOpener{"embedded": openSQLiteDrafts}

func openSQLiteDrafts(t *testing.T, c *clock) testDraftStore {
	t.Helper()
	path := filepath.Join(t.TempDir(), "drafts.db")
	s := dbtest.Drafts(t, path, draftTTL, c.now)
	return testDraftStore{Store: s, dump: func(t *testing.T) string { return dumpSQLite(t, path) }, fail: func() { s.Close() }}
}
