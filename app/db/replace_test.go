package db

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// copied returns the path of a copy of the file at path, in its folder.
func copied(t *testing.T, path string) string {
	t.Helper()
	to := path + ".copy"
	if err := errors.Join(CopyTo(t.Context(), path, to), CheckSound(t.Context(), to)); err != nil {
		t.Fatal(err)
	}
	return to
}

// words returns the words in the file at path.
func words(t *testing.T, path string) string {
	t.Helper()
	d, err := OpenReading(t.Context(), path, one)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var all sql.NullString
	if err := d.Read().QueryRow(`SELECT group_concat(word) FROM words`).Scan(&all); err != nil {
		t.Fatal(err)
	}
	return all.String
}

// addWord adds a word to the file at path, and leaves it in the journal if the program is to
// end without closing the file.
func addWord(t *testing.T, path, word string) *DB {
	t.Helper()
	d, err := Open(t.Context(), path, Crash, one)
	if err == nil {
		_, err = d.Write().Exec(`INSERT INTO words VALUES ($1)`, word)
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestACopyIsOfOneMomentAndForThisUserAlone(t *testing.T) {
	path := written(t, one, true)
	to := copied(t, path)
	if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy has the mode %v, %v, want 0600", info.Mode(), err)
	}
	if got := words(t, to); got != "lantern" {
		t.Errorf("the copy has %q", got)
	}
	if err := CopyTo(t.Context(), path, to); !errors.Is(err, os.ErrExist) {
		t.Errorf("onto a file that is there: %v, want a refusal", err)
	}
}

func TestACopyHasNothingOfDeletedRows(t *testing.T) {
	path := written(t, one, false)
	d := addWord(t, path, "Xylophone")
	if _, err := d.Write().Exec(`DELETE FROM words WHERE word = 'Xylophone'`); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(copied(t, path))
	if d.Close(); err != nil || strings.Contains(string(text), "Xylophone") {
		t.Errorf("the copy has a deleted word (%v)", err)
	}
}

func TestWhatALinkLeadsToIsReplaced(t *testing.T) {
	path, other := written(t, one, false), written(t, one, false)
	addWord(t, other, "new").Close()
	link := filepath.Join(t.TempDir(), "link.db")
	err := errors.Join(os.Symlink(path, link), Replace(t.Context(), Replacement{link, other, path + ".kept"}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Readlink(link); err != nil || words(t, path) != words(t, link) || words(t, path) == words(t, path+".kept") {
		t.Errorf("the link leads to %q, the file has %q and the kept one %q (%v)", words(t, link), words(t, path), words(t, path+".kept"), err)
	}
}

func TestADamagedCopyIsFound(t *testing.T) {
	to := copied(t, written(t, one, false))
	text, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096 + 8; i < 4096+64; i++ {
		text[i] ^= 0xff
	}
	if err := os.WriteFile(to, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := CheckSound(t.Context(), to); err == nil {
		t.Error("a page was overwritten, and the file is called sound")
	}
}

// TestAfterReplaceNothingOfTheOldJournalCounts takes the place of a file whose program has
// ended without closing it.
func TestAfterReplaceNothingOfTheOldJournalCounts(t *testing.T) {
	path := written(t, one, false)
	from, kept := copied(t, path), path+".kept"
	crashed(t, path, "oil")
	if err := Replace(t.Context(), Replacement{path, from, kept}); err != nil {
		t.Fatal(err)
	}
	if got := words(t, path); got != "lantern" {
		t.Errorf("the file has %q, want what the copy has", got)
	}
	if got := words(t, kept); got != "lantern,oil" {
		t.Errorf("the file that is kept has %q, want all that was acknowledged", got)
	}
}

// crashed adds a word to the file at path, and leaves file and journal as a program does
// that is killed.
func crashed(t *testing.T, path, word string) {
	t.Helper()
	d, dir := addWord(t, path, word), t.TempDir()
	for _, end := range []string{"", "-wal"} {
		if out, err := exec.Command("cp", path+end, filepath.Join(dir, "f"+end)).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	d.Close()
	for _, end := range []string{"", "-wal"} {
		if err := os.Rename(filepath.Join(dir, "f"+end), path+end); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReplaceWorksForADamagedFileAndForNone(t *testing.T) {
	path := written(t, one, false)
	first, second := copied(t, path), path+".second"
	if err := CopyTo(t.Context(), path, second); err != nil {
		t.Fatal(err)
	}
	junk := strings.Repeat("no database ", 1000)
	if err := errors.Join(os.WriteFile(path, []byte(junk), 0o600), os.WriteFile(path+"-wal", []byte(junk), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := Replace(t.Context(), Replacement{path, first, path + ".kept"}); err != nil || words(t, path) != "lantern" {
		t.Errorf("over a damaged file: %v", err)
	}
	if text, err := os.ReadFile(path + ".kept"); err != nil || string(text) != junk {
		t.Errorf("the damaged file is not kept: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := Replace(t.Context(), Replacement{path, second, path + ".kept2"}); err != nil || words(t, path) != "lantern" {
		t.Errorf("where there is no file: %v", err)
	}
}

// TestReplaceRefusesAFileInUse also of this process, by SQLite's own word; app/e2e/process
// has another process hold it.
func TestReplaceRefusesAFileInUse(t *testing.T) {
	path := written(t, one, false)
	from := copied(t, path)
	d := addWord(t, path, "oil")
	defer d.Close()
	if err := Replace(t.Context(), Replacement{path, from, path + ".kept"}); !errors.Is(err, ErrInUse) {
		t.Errorf("Replace: %v, want ErrInUse", err)
	}
	if got := words(t, path); got != "lantern,oil" {
		t.Errorf("the file has %q", got)
	}
}

func TestNoFileIsReplacedWhileOneOfThemIsInUse(t *testing.T) {
	first, second := written(t, one, false), written(t, one, false)
	all := []Replacement{{first, copied(t, first), first + ".kept"}, {second, copied(t, second), second + ".kept"}}
	addWord(t, first, "newer").Close()
	defer addWord(t, second, "oil").Close()
	if err := Replace(t.Context(), all...); !errors.Is(err, ErrInUse) || words(t, first) != "lantern,newer" {
		t.Errorf("Replace: %v, and the first file has %q", err, words(t, first))
	}
}
