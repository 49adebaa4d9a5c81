package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// two are the migrations of a program, and one those of the program before it.
var (
	one = fstest.MapFS{"0001_words.sql": {Data: []byte(`CREATE TABLE words (word TEXT NOT NULL) STRICT`)}}
	two = fstest.MapFS{"0001_words.sql": one["0001_words.sql"], "0002_years.sql": {Data: []byte(`CREATE TABLE years (year INTEGER NOT NULL) STRICT`)}}
)

// written returns the path of a file in a folder of its own, with a word in it. The
// program that has written it runs as long as the test if running.
func written(t *testing.T, migrations fs.FS, running bool) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "words.db")
	d, err := Open(t.Context(), path, Crash, migrations)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Write().Exec(`INSERT INTO words VALUES ('lantern')`); err != nil {
		t.Fatal(err)
	}
	if !running {
		d.Close()
	}
	t.Cleanup(func() { d.Close() })
	return path
}

// contents returns every file beside path with what is in it.
func contents(t *testing.T, path string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(text)
	}
	return files
}

func TestReadingChangesNothing(t *testing.T) {
	for name, running := range map[string]bool{"beside a running site": true, "while no site runs": false} {
		t.Run(name, func(t *testing.T) {
			path := written(t, one, running)
			before := contents(t, path)["words.db"]
			d, err := OpenReading(t.Context(), path, one)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			var word string
			if err := d.Read().QueryRow(`SELECT word FROM words`).Scan(&word); err != nil || word != "lantern" {
				t.Errorf("it reads %q, %v", word, err)
			}
			if _, err := d.Write().Exec(`INSERT INTO words VALUES ('oil')`); err == nil {
				t.Error("a file that is open for reading takes a row")
			}
			if contents(t, path)["words.db"] != before {
				t.Error("the file has changed")
			}
		})
	}
}

// TestAFileWithoutAJournalIsReadOnADiskThatTakesNoFile says so of the way that OpenReading
// takes there; app/e2e/process tries it on such a disk.
func TestAFileWithoutAJournalIsReadOnADiskThatTakesNoFile(t *testing.T) {
	path := written(t, one, false)
	d, err := readOnly(t.Context(), path, "immutable", "1")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if files := contents(t, path); len(files) != 1 {
		t.Errorf("there are %d files, want the one that was there", len(files))
	}
}

func TestReadingRefusesFilesOfOtherVersions(t *testing.T) {
	path := written(t, one, false)
	_, err := OpenReading(t.Context(), path, two)
	earlier := new(EarlierVersion)
	if !errors.As(err, &earlier) || !slices.Equal(earlier.Missing, []string{"0002_years.sql"}) || !strings.Contains(err.Error(), "start the site") {
		t.Errorf("OpenReading: %v, want an error that names the missing change and what to do", err)
	}
	if d, err := OpenReading(t.Context(), path, one); err != nil {
		t.Errorf("the file is migrated: %v", err)
	} else {
		d.Close()
	}
	_, err = OpenReading(t.Context(), written(t, two, false), one)
	if err == nil || !strings.Contains(err.Error(), "does not know the change 0002_years.sql") {
		t.Errorf("a file of a later version: %v", err)
	}
}

func TestReadingCreatesNothing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	if _, err := OpenReading(t.Context(), filepath.Join(folder, "words.db"), one); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("OpenReading: %v, want an error that the file is not there", err)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("the folder was made")
	}
	path := filepath.Join(t.TempDir(), "words.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenReading(t.Context(), path, one); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a file that is no database: %v", err)
	}
}
