// Package dbtest opens SQLite files of members and of drafts for tests. Migrations take
// longer than most tests: here they run once for all tests of a package. No part of the
// program uses it.
package dbtest

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/seal"
)

// Open opens the file of members at path, and closes it with the test. A file that is
// missing begins with all tables and no rows.
func Open(t testing.TB, path string) *db.DB {
	t.Helper()
	create(t, path, noMembers)
	file, err := openMembers(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// New opens a new file of members in a folder of its own.
func New(t testing.TB) *db.DB {
	t.Helper()
	return Open(t, filepath.Join(t.TempDir(), "members.db"))
}

// Ring returns the keys of d, sealed with a master key that is the same in all tests.
func Ring(t testing.TB, d *db.DB) *seal.Ring {
	t.Helper()
	ring, err := seal.Open(t.Context(), d, seal.Given(MasterKey), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// MasterKey is the master key of the files of tests.
const MasterKey = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cywgMzIgYnl0ZXM="

// Drafts does for a file of drafts what [Open] does for one of members.
func Drafts(t testing.TB, path string, ttl time.Duration, now func() time.Time) *draft.SQL {
	t.Helper()
	create(t, path, noDrafts)
	s, err := draft.OpenSQL(t.Context(), path, ttl, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// create writes a file that is missing.
func create(t testing.TB, path string, empty func() ([]byte, error)) {
	t.Helper()
	if _, err := os.Stat(path); err == nil {
		return
	}
	content, err := empty()
	if err == nil {
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func openMembers(ctx context.Context, path string) (*db.DB, error) {
	return db.Open(ctx, path, db.Crash, db.Migrations())
}

// Files with all tables and no rows.
var (
	noMembers = sync.OnceValues(func() ([]byte, error) {
		return contentOf(func(path string) (io.Closer, error) { return openMembers(context.Background(), path) })
	})
	noDrafts = sync.OnceValues(func() ([]byte, error) {
		return contentOf(func(path string) (io.Closer, error) {
			return draft.OpenSQL(context.Background(), path, time.Hour, time.Now)
		})
	})
)

// contentOf returns the content of a file that open creates.
func contentOf(open func(path string) (io.Closer, error)) ([]byte, error) {
	dir, err := os.MkdirTemp("", "dbtest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "empty.db")
	file, err := open(path)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}
