package db

import (
	"bytes"
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// steps are migrations that fail if they run twice.
var steps = fstest.MapFS{
	"0001_a.sql": {Data: []byte(`CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT) STRICT; INSERT INTO a (name) VALUES ('first');`)},
	"0002_b.sql": {Data: []byte(`CREATE TABLE b (a INTEGER NOT NULL REFERENCES a (id)) STRICT;`)},
	"notes.txt":  {Data: []byte(`no migration`)},
}

func openAt(t *testing.T, path string, migrations fs.FS) *DB {
	t.Helper()
	d, err := Open(t.Context(), path, PowerLoss, migrations)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func count(t *testing.T, from *sql.DB, table string) int {
	t.Helper()
	var n int
	if err := from.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOpenCreatesTheFileAndItsFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder", "odd ?#%25é name", "x.db")
	d := openAt(t, path, steps)
	if got := count(t, d.Read(), "a"); got != 1 {
		t.Errorf("the migrations have left %d rows, want 1", got)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("%s has the mode %o, want 600", filepath.Base(name), got)
		}
	}
	info, err := os.Stat(filepath.Dir(path))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has the mode %o, %v; want 700", info.Mode().Perm(), err)
	}
}

func TestOpenLeavesTheModeOfAFileAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	openAt(t, path, steps).Close()
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	openAt(t, path, steps)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %o, %v; want 640 as before", info.Mode().Perm(), err)
	}
}

func TestOpenRefuses(t *testing.T) {
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		want string
	}{
		{"a text file", func(t *testing.T, path string) { write(t, path, []byte(strings.Repeat("Dear diary,\n", 99))) }, "not a database"},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "unable to open"},
		{"a damaged file", func(t *testing.T, path string) {
			content := filled(t, path)
			copy(content[len(content)/2:], bytes.Repeat([]byte{0xff}, 4096))
			write(t, path, content)
		}, "damaged"},
		{"a file that was cut off", func(t *testing.T, path string) {
			content := filled(t, path)
			write(t, path, content[:len(content)/2])
		}, "malformed"},
		{"a file of a later version", func(t *testing.T, path string) {
			openAt(t, path, with(steps, "0003_c.sql", `CREATE TABLE c (id INTEGER)`)).Close()
		}, "does not know the change 0003_c.sql"},
		{"a file of another store", func(t *testing.T, path string) {
			openAt(t, path, fstest.MapFS{"0001_z.sql": {Data: []byte(`CREATE TABLE z (id INTEGER)`)}}).Close()
		}, "does not know the change 0001_z.sql"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.db")
			tt.make(t, path)
			_, err := Open(t.Context(), path, PowerLoss, steps)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("Open says %v, want %q and the path", err, tt.want)
			}
		})
	}
}

func TestOpenRefusesAFolderThatIsAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	if _, err := Open(t.Context(), filepath.Join(file, "x.db"), Crash, steps); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("Open says %v, want the path", err)
	}
}

// filled creates a file of several pages at path and returns its content.
func filled(t *testing.T, path string) []byte {
	t.Helper()
	d := openAt(t, path, steps)
	for range 100 {
		if _, err := d.Write().ExecContext(t.Context(), `INSERT INTO a (name) VALUES ($1)`, strings.Repeat("x", 999)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func with(files fstest.MapFS, name, script string) fstest.MapFS {
	more := fstest.MapFS{name: {Data: []byte(script)}}
	for name, file := range files {
		more[name] = file
	}
	return more
}

func TestSettings(t *testing.T) {
	for keep, want := range map[Durability]string{PowerLoss: "2", Crash: "1"} {
		d, err := Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), keep, steps)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if got := d.Write().Stats().MaxOpenConnections; got != 1 {
			t.Errorf("%s: there are %d writing connections, want 1", keep, got)
		}
		for pragma, want := range map[string]string{"synchronous": want, "journal_mode": "wal", "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "1000"} {
			var got string
			if err := d.Write().QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %s is %q, %v; want %q", keep, pragma, got, err, want)
			}
		}
	}
}

func TestForeignKeysHold(t *testing.T) {
	d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
	if _, err := d.Write().ExecContext(t.Context(), `INSERT INTO b (a) VALUES (99)`); err == nil {
		t.Error("a row refers to nothing")
	}
}

func TestReadersCannotWrite(t *testing.T) {
	d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
	for _, statement := range []string{`INSERT INTO a (name) VALUES ('x')`, `DELETE FROM a`, `DROP TABLE a`} {
		if _, err := d.Read().ExecContext(t.Context(), statement); err == nil {
			t.Errorf("a reader can %s", statement)
		}
	}
	if got := count(t, d.Read(), "a"); got != 1 {
		t.Errorf("there are %d rows, want 1", got)
	}
}

func TestReadersDoNotWaitForTheWriter(t *testing.T) {
	d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
	err := d.InTx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `DELETE FROM a`)
		if got := count(t, d.Read(), "a"); got != 1 {
			t.Errorf("a reader sees %d rows, want what was committed: 1", got)
		}
		return err
	})
	if got := count(t, d.Read(), "a"); err != nil || got != 0 {
		t.Errorf("there are %d rows, %v; want none", got, err)
	}
}
