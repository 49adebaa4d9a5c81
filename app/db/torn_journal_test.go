package db

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wide makes the two rows of a transaction stand on pages of their own.
var wide = strings.Repeat("x", 3000)

// killed returns a file as a program leaves it that is killed after 50 transactions, each
// of which adds two rows, one after the other, and its journal.
func killed(t *testing.T) (path string, journal []byte) {
	t.Helper()
	old := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, old, steps)
	for range 50 {
		must(t, d.InTx(t.Context(), func(tx *sql.Tx) error {
			for _, name := range []string{"one", "two"} {
				if _, err := tx.ExecContext(t.Context(), `INSERT INTO a (name) VALUES ($1)`, name+wide); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	content, err := os.ReadFile(old)
	must(t, err)
	journal, err = os.ReadFile(old + "-wal")
	must(t, err)
	path = filepath.Join(t.TempDir(), "x.db")
	must(t, os.WriteFile(path, content, 0o600))
	return path, journal
}

// TestATornJournalLosesNoMoreThanItsEnd and leaves no half transaction, wherever it is cut.
func TestATornJournalLosesNoMoreThanItsEnd(t *testing.T) {
	tears := map[string]func(journal []byte) []byte{
		"whole":               func(j []byte) []byte { return j },
		"cut within a frame":  func(j []byte) []byte { return j[:len(j)*3/5+7] },
		"garbled in a frame":  func(j []byte) []byte { j[len(j)/2] ^= 0xff; return j },
		"with a zeroed end":   func(j []byte) []byte { clear(j[len(j)*2/3:]); return j },
		"with a garbled head": func(j []byte) []byte { copy(j, "not the journal of SQLite"); return j },
		"random":              func(j []byte) []byte { return bytes.Repeat([]byte{7, 99, 201}, len(j)/3) },
		"empty":               func([]byte) []byte { return nil },
	}
	const frame = 24 + 4096 // of the journal: its head and a page
	for n := range 12 {
		tears[fmt.Sprint("without its last frames, ", n+1)] = func(j []byte) []byte { return j[:len(j)-(n+1)*frame] }
	}
	for name, tear := range tears {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, journal := killed(t)
			must(t, os.WriteFile(path+"-wal", tear(journal), 0o600))
			d := openAt(t, path, steps)
			if got := pragma(t, d, "integrity_check"); got != "ok" {
				t.Errorf("integrity_check says %s", got)
			}
			var one, two int
			must(t, d.Read().QueryRowContext(t.Context(), `SELECT coalesce(sum(name LIKE 'one%'), 0), coalesce(sum(name LIKE 'two%'), 0) FROM a`).Scan(&one, &two))
			if one != two || name == "whole" && one != 50 {
				t.Errorf("of 50 transactions there are %d first and %d second rows", one, two)
			}
			must(t, add(t, d))
		})
	}
}
