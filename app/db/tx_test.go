package db

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func TestInTx(t *testing.T) {
	failure := errors.New("no")
	tests := []struct {
		name string
		do   func(context.CancelFunc) error
		want int // rows added
	}{
		{"commits", func(context.CancelFunc) error { return nil }, 1},
		{"rolls back an error, and returns it", func(context.CancelFunc) error { return failure }, 0},
		{"rolls back when the context has ended", func(cancel context.CancelFunc) error { cancel(); return nil }, 0},
		{"rolls back a panic", func(context.CancelFunc) error { panic(failure) }, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			err := func() (err error) {
				defer func() {
					if recover() != nil {
						err = failure
					}
				}()
				return d.InTx(ctx, func(tx *sql.Tx) error {
					if _, err := tx.ExecContext(ctx, `INSERT INTO a (name) VALUES ('more')`); err != nil {
						t.Fatal(err)
					}
					return tt.do(cancel)
				})
			}()
			if (err == nil) != (tt.want == 1) {
				t.Errorf("InTx returns %v", err)
			}
			if got := count(t, d.Write(), "a") - 1; got != tt.want {
				t.Errorf("%d rows were added, want %d", got, tt.want)
			}
		})
	}
}

func TestWritersWaitForEachOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	d, other := openAt(t, path, steps), openAt(t, path, steps) // other stands for another process
	var all sync.WaitGroup
	for i := range 20 {
		d := []*DB{d, other}[i%2]
		all.Go(func() {
			err := d.InTx(t.Context(), func(tx *sql.Tx) error {
				var n int
				if err := tx.QueryRowContext(t.Context(), `SELECT count(*) FROM a`).Scan(&n); err != nil {
					return err
				}
				_, err := tx.ExecContext(t.Context(), `INSERT INTO a (id) VALUES ($1)`, n+1)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := count(t, d.Read(), "a"); got != 21 {
		t.Errorf("there are %d rows, want 21", got)
	}
}

// TestTruncateJournalDoesNotWaitForAReader that reads for as long as it likes.
func TestTruncateJournalDoesNotWaitForAReader(t *testing.T) {
	d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
	rows, err := d.Read().QueryContext(t.Context(), `SELECT name FROM a`)
	if err != nil || !rows.Next() {
		t.Fatalf("nothing to read: %v", err)
	}
	defer rows.Close()
	if _, err := d.Write().ExecContext(t.Context(), `INSERT INTO a (name) VALUES ('more')`); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if err := d.TruncateJournal(t.Context()); err != nil || time.Since(begun) > patience/2 {
		t.Errorf("TruncateJournal: %v after %s, want it to give up at once", err, time.Since(begun))
	}
	var wait int64
	if err := d.Write().QueryRowContext(t.Context(), `PRAGMA busy_timeout`).Scan(&wait); err != nil || wait != patience.Milliseconds() {
		t.Errorf("after it a writer waits %d ms for a lock (%v), want %d", wait, err, patience.Milliseconds())
	}
}

func TestClearJournalSaysWhetherAReaderKeepsACopy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, steps)
	rows, err := d.Read().QueryContext(t.Context(), `SELECT name FROM a`)
	if err != nil || !rows.Next() {
		t.Fatalf("nothing to read: %v", err)
	}
	defer rows.Close()
	if _, err := d.Write().ExecContext(t.Context(), `INSERT INTO a (name) VALUES ('more')`); err != nil {
		t.Fatal(err)
	}
	if cleared, err := d.ClearJournal(t.Context()); err != nil || cleared {
		t.Errorf("ClearJournal: %v, %v, want that it is not", cleared, err)
	}
	rows.Close()
	if cleared, err := d.ClearJournal(t.Context()); err != nil || !cleared {
		t.Errorf("ClearJournal: %v, %v, want that it is", cleared, err)
	}
	if info, err := os.Stat(path + "-wal"); err != nil || info.Size() != 0 {
		t.Errorf("the journal is %+v, %v, want it empty", info, err)
	}
}

func TestChanged(t *testing.T) {
	d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
	for statement, want := range map[string]bool{
		`UPDATE a SET name = 'first'`: true, `UPDATE a SET name = 'x' WHERE FALSE`: false, `INSERT INTO a (id) VALUES (1) ON CONFLICT DO NOTHING`: false,
	} {
		if got, err := Changed(d.Write().ExecContext(t.Context(), statement)); err != nil || got != want {
			t.Errorf("%s has changed something: %t, %v, want %t", statement, got, err, want)
		}
	}
	if got, err := Changed(d.Write().ExecContext(t.Context(), `UPDATE nowhere SET name = 'x'`)); err == nil || got {
		t.Errorf("a statement that fails has changed something: %t, %v", got, err)
	}
}
