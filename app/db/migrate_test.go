package db

import (
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestMigrationsApplyOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	for range 3 {
		d := openAt(t, path, steps)
		if got := count(t, d.Read(), "a"); got != 1 {
			t.Fatalf("there are %d rows, want 1", got)
		}
		d.Close()
	}
	d := openAt(t, path, with(steps, "0003_c.sql", `INSERT INTO a (name) VALUES ('third')`))
	if got := count(t, d.Read(), "a"); got != 2 {
		t.Errorf("after one more migration there are %d rows, want 2", got)
	}
}

func TestAMigrationIsOneTransaction(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	broken := with(steps, "0003_c.sql", `CREATE TABLE c (id INTEGER); INSERT INTO nowhere VALUES (1);`)
	_, err := Open(t.Context(), path, PowerLoss, broken)
	if err == nil || !strings.Contains(err.Error(), "0003_c.sql") || !strings.Contains(err.Error(), path) {
		t.Errorf("Open says %v, want the migration and the path", err)
	}
	d := openAt(t, path, with(steps, "0003_c.sql", `CREATE TABLE c (id INTEGER)`))
	if got := count(t, d.Read(), "c"); got != 0 {
		t.Errorf("there are %d rows, want none", got)
	}
}

func TestAFileOfALaterVersionGetsNoMigration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, with(steps, "0009_later.sql", `CREATE TABLE later (id INTEGER)`))
	if _, err := Open(t.Context(), path, PowerLoss, with(steps, "0003_c.sql", `CREATE TABLE c (id INTEGER)`)); err == nil {
		t.Error("Open takes it")
	}
	if got := count(t, d.Read(), "migrations"); got != 3 {
		t.Errorf("the file has had %d migrations, want 3 as before", got)
	}
}

func TestOpenAtTheSameTime(t *testing.T) {
	for range 10 {
		path := filepath.Join(t.TempDir(), "x.db")
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				d, err := Open(t.Context(), path, PowerLoss, steps)
				if err != nil {
					t.Error(err)
					return
				}
				defer d.Close()
				if got := count(t, d.Read(), "a"); got != 1 {
					t.Errorf("there are %d rows, want 1", got)
				}
			})
		}
		all.Wait()
	}
}

// TestOpenWaitsForAWriter switches a file to WAL during a write, for which SQLite itself
// does not wait.
func TestOpenWaitsForAWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	plain, err := sql.Open("sqlite3", path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	writing, err := plain.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writing.ExecContext(t.Context(), `CREATE TABLE other (id INTEGER)`); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(100*time.Millisecond, func() { _ = writing.Commit() })
	openAt(t, path, steps)
}

func TestMigrationsOfThisVersion(t *testing.T) {
	names, err := fs.Glob(Migrations(), "*")
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no migrations: %v", err)
	}
	for i, name := range names {
		if number, _, _ := strings.Cut(name, "_"); !strings.HasSuffix(name, ".sql") || number != fmt.Sprintf("%04d", i+1) {
			t.Errorf("%s: want the number %d in four digits, then what it makes, and .sql", name, i+1)
		}
	}
	openAt(t, filepath.Join(t.TempDir(), "x.db"), Migrations())
}

// TestAFileOfAnyEarlierVersionIsMigrated with its rows.
func TestAFileOfAnyEarlierVersionIsMigrated(t *testing.T) {
	names, err := fs.Glob(Migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name >= "0021" {
			break // what it keeps of letters is sealed
		}
		t.Run("from "+name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.db")
			d := openAt(t, path, upTo(t, name))
			at := values(t, d.Read(), `SELECT name FROM pragma_table_info('mails') WHERE name IN ('written', 'planned')`)[0] // the one that it has
			_, err := d.Write().ExecContext(t.Context(), `
				INSERT INTO mails (id, kind, recipient, lang, subject, text, html, `+at+`, due)
				VALUES ('a', 'confirm', 'Zoe@example.ca', 'fr', 's', 't', 'h', 1, 2)`)
			if err != nil {
				t.Fatal(err)
			}
			d.Close()
			d = openAt(t, path, Migrations())
			if got := count(t, d.Read(), `mails JOIN unsealed_mails ON mail = id WHERE recipient = 'Zoe@example.ca' AND text = 't' AND state = 'waiting' AND topic = ''`); got != 1 {
				t.Errorf("there are %d letters, want the one of before", got)
			}
			if got := count(t, d.Read(), "migrations"); got != len(names) {
				t.Errorf("the file has had %d migrations, want %d", got, len(names))
			}
		})
	}
}
