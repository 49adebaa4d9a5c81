package db

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// add adds a row in a transaction.
func add(t *testing.T, d *DB) error {
	t.Helper()
	return d.InTx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `INSERT INTO a (name) VALUES ('more')`)
		return err
	})
}

// wantOutage wants an error that says that the store cannot be used now.
func wantOutage(t *testing.T, what string, err error) {
	t.Helper()
	if store := interface{ Unavailable() bool }(nil); !errors.As(MarkOutage(err), &store) || !store.Unavailable() {
		t.Errorf("%s: %v, want an outage", what, err)
	}
}

// TestNothingIsCommittedIntoALostFile by a transaction or a single statement, nor into the
// file that took its place.
func TestNothingIsCommittedIntoALostFile(t *testing.T) {
	tests := []struct {
		name string
		lose func(t *testing.T, path string)
	}{
		{"deleted", func(t *testing.T, path string) { must(t, os.Remove(path)) }},
		{"moved away", func(t *testing.T, path string) { must(t, os.Rename(path, path+".old")) }},
		{"replaced by a backup", func(t *testing.T, path string) {
			other := filepath.Join(t.TempDir(), "x.db")
			must(t, openAt(t, other, steps).Close())
			must(t, os.Rename(other, path))
		}},
		{"emptied", func(t *testing.T, path string) { must(t, os.Truncate(path, 0)) }},
		{"without its journal", func(t *testing.T, path string) { must(t, os.Remove(path+"-wal")) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "x.db")
			d := openAt(t, path, steps)
			must(t, add(t, d))
			before := count(t, d.Write(), "a")
			tt.lose(t, path)
			wantOutage(t, "a transaction", add(t, d))
			_, err := d.Write().ExecContext(t.Context(), `DELETE FROM a`)
			wantOutage(t, "a statement", err)
			if tt.name != "emptied" { // of an empty file nothing is left to count
				if got := count(t, d.Write(), "a"); got != before {
					t.Errorf("there are %d rows, want %d as before", got, before)
				}
			}
		})
	}
}

// TestAFileThatGoesDuringTheCommitIsNoSuccess even if SQLite says so.
func TestAFileThatGoesDuringTheCommitIsNoSuccess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, steps)
	conn, err := d.Write().Conn(t.Context())
	must(t, err)
	must(t, conn.Raw(func(raw any) error {
		raw.(interface{ RegisterCommitHook(func() int) }).RegisterCommitHook(func() int { must(t, os.Remove(path)); return 0 })
		return nil
	}))
	must(t, conn.Close())
	wantOutage(t, "a transaction", add(t, d))
}

// TestAFileThatComesBackIsUsedAgain without a restart.
func TestAFileThatComesBackIsUsedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, steps)
	must(t, os.Rename(path, path+".old"))
	wantOutage(t, "a transaction", add(t, d))
	must(t, os.Rename(path+".old", path))
	must(t, add(t, d))
	if got := count(t, d.Read(), "a"); got != 2 {
		t.Errorf("there are %d rows, want 2", got)
	}
}

// TestNoConnectionOpensTheFileThatTookThePlace of the open one.
func TestNoConnectionOpensTheFileThatTookThePlace(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "x.db"), filepath.Join(t.TempDir(), "x.db")
	d, foreign := openAt(t, path, steps), openAt(t, other, steps)
	must(t, add(t, foreign))
	must(t, foreign.Close())
	must(t, os.Rename(other, path))
	refused := 0
	for range readers {
		conn, err := d.Read().Conn(t.Context())
		if err != nil {
			wantOutage(t, "a connection", err)
			refused++
			continue
		}
		defer conn.Close()
		var n int
		if err := conn.QueryRowContext(t.Context(), `SELECT count(*) FROM a`).Scan(&n); err != nil || n != 1 {
			t.Errorf("a reader sees %d rows (%v): those of the other file", n, err)
		}
	}
	if refused == 0 {
		t.Error("this test makes no new connection")
	}
}

// TestALockedFileFailsSoon and works when it is unlocked.
func TestALockedFileFailsSoon(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, steps)
	lock, err := openAt(t, path, steps).Write().BeginTx(t.Context(), nil)
	must(t, err)
	begun := time.Now()
	wantOutage(t, "a transaction", add(t, d))
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("a locked file takes %v to fail", took)
	}
	must(t, lock.Rollback())
	must(t, add(t, d))
}

// TestAReadOnlyFileIsAnOutage that leaves what is there.
func TestAReadOnlyFileIsAnOutage(t *testing.T) {
	d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
	_, err := d.Write().ExecContext(t.Context(), `PRAGMA query_only = ON`) // SQLite says what it says of a disk that is read-only
	must(t, err)
	wantOutage(t, "a transaction", add(t, d))
	if got := count(t, d.Read(), "a"); got != 1 {
		t.Errorf("there are %d rows, want 1", got)
	}
	_, err = d.Write().ExecContext(t.Context(), `PRAGMA query_only = OFF`)
	must(t, err)
	must(t, add(t, d))
}

// TestALinkLeadsToTheFile whose journal is beside it, not beside the link.
func TestALinkLeadsToTheFile(t *testing.T) {
	link, path := filepath.Join(t.TempDir(), "x.db"), filepath.Join(t.TempDir(), "elsewhere.db")
	must(t, openAt(t, path, steps).Close())
	must(t, os.Symlink(path, link))
	d := openAt(t, link, steps)
	must(t, add(t, d))
	must(t, d.CheckWritable(t.Context(), time.Now()))
	must(t, os.Remove(path))
	wantOutage(t, "a transaction", add(t, d))
}
