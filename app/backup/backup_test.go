package backup_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/backup"
	"joinery/app/db"
	"joinery/app/dbtest"
)

var day = time.Date(2026, 12, 1, 17, 2, 3, 0, time.UTC)

func silent(string, int64) io.Writer { return io.Discard }

func anyFile(backup.File) error { return nil }

// aSite returns the files of a site that keeps drafts in SQLite, the first with the counts
// of one day.
func aSite(t *testing.T) (files []backup.File, file *db.DB) {
	t.Helper()
	dir := t.TempDir()
	files = []backup.File{{"drafts.db", filepath.Join(dir, "drafts.db")}, {"joinery.db", filepath.Join(dir, "joinery.db")}}
	dbtest.Drafts(t, files[0].Path, time.Hour, time.Now).Close()
	file = dbtest.Open(t, files[1].Path)
	count(t, file, 1)
	return files, file
}

// count writes how often links were opened that day.
func count(t *testing.T, file *db.DB, n int) {
	t.Helper()
	_, err := file.Write().Exec(`INSERT INTO link_opens (day, domain, kind, count) VALUES ('2026-12-01', 'other', 'head', $1)
		ON CONFLICT DO UPDATE SET count = excluded.count`, n)
	if err != nil {
		t.Fatal(err)
	}
}

// counted returns what count has written to the file at path.
func counted(t *testing.T, path string) (n int) {
	t.Helper()
	file, err := db.OpenReading(t.Context(), path, db.Migrations())
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Read().QueryRow(`SELECT count FROM link_opens`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// written returns the path of a backup in a folder of its own.
func written(t *testing.T, files []backup.File) string {
	t.Helper()
	path, err := backup.Write(t.Context(), filepath.Join(t.TempDir(), "backups"), backup.Name(day), files, silent)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestABackupIsOneDatedFileForThisUserAlone(t *testing.T) {
	files, _ := aSite(t)
	path := written(t, files)
	if filepath.Base(path) != "joinery-2026-12-01T170203Z.tar" {
		t.Errorf("it is called %s", filepath.Base(path))
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("its mode is %v, %v, want 0600", info.Mode(), err)
	}
	wantAlone(t, filepath.Dir(path), filepath.Base(path))
}

// wantAlone fails the test unless a folder has these names and no others.
func wantAlone(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	var have []string
	for _, e := range entries {
		have = append(have, e.Name())
	}
	if err != nil || !slices.Equal(have, names) {
		t.Errorf("the folder has %q, %v, want %q", have, err, names)
	}
}

func TestWhatWasBackedUpComesBackAndWhatWasThereIsKept(t *testing.T) {
	files, file := aSite(t)
	path := written(t, files)
	count(t, file, 2)
	file.Close()
	kept, err := backup.Restore(t.Context(), path, files[1:], anyFile, day, silent)
	if err == nil {
		t.Error("an archive with drafts is restored to a site that has no place for them")
	}
	kept, err = backup.Restore(t.Context(), path, []backup.File{{"drafts.db", filepath.Join(t.TempDir(), "d.db")}, files[1]}, anyFile, day, silent)
	if err != nil || len(kept) != 1 {
		t.Fatalf("Restore keeps %q, %v, want the one file that was there", kept, err)
	}
	if got, old := counted(t, files[1].Path), counted(t, kept[0]); got != 1 || old != 2 {
		t.Errorf("the file has %d, and the one that is kept %d, want 1 and 2", got, old)
	}
}

func TestABackupThatIsStoppedLeavesNothing(t *testing.T) {
	files, _ := aSite(t)
	for _, at := range []string{"copying joinery.db", "packing drafts.db", "unpacking joinery.db"} {
		ctx, stop := context.WithCancel(t.Context())
		dir := t.TempDir()
		_, err := backup.Write(ctx, dir, backup.Name(day), files, func(step string, _ int64) io.Writer {
			if step == at {
				stop()
			}
			return io.Discard
		})
		if stop(); err == nil {
			t.Errorf("stopped at %s, it is made", at)
		}
		wantAlone(t, dir)
	}
}

func TestWhatIsNoWholeBackupIsRefused(t *testing.T) {
	files, file := aSite(t)
	text, err := os.ReadFile(written(t, files))
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	damaged := slices.Clone(text)
	copy(damaged[len(damaged)/2:], strings.Repeat("damage", 2000))
	for name, content := range map[string]string{
		"cut": string(text[:len(text)/2]), "empty": "", "something else": strings.Repeat("no archive ", 1000), "damaged": string(damaged),
	} {
		path := filepath.Join(t.TempDir(), "backup.tar")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Restore(t.Context(), path, files, anyFile, day, silent); err == nil || !strings.Contains(err.Error(), "cannot be restored") {
			t.Errorf("a backup that is %s: Restore ends with %v, want a refusal", name, err)
		}
	}
	if got := counted(t, files[1].Path); got != 1 {
		t.Errorf("the file has %d, want it unchanged", got)
	}
}

func TestWhatTheCallerRefusesIsNotRestored(t *testing.T) {
	files, file := aSite(t)
	path := written(t, files)
	count(t, file, 2)
	file.Close()
	refused := errors.New("another master key")
	_, err := backup.Restore(t.Context(), path, files, func(backup.File) error { return refused }, day, silent)
	if !errors.Is(err, refused) || counted(t, files[1].Path) != 2 {
		t.Errorf("Restore: %v, and the file has %d", err, counted(t, files[1].Path))
	}
}

// TestWhatAKilledBackupHasLeftIsRemoved by the next one, and what a running one writes is
// not.
func TestWhatAKilledBackupHasLeftIsRemoved(t *testing.T) {
	files, _ := aSite(t)
	dir := t.TempDir()
	for _, name := range []string{".backup-1", ".restore-2"} {
		left := filepath.Join(dir, name)
		if err := errors.Join(os.Mkdir(left, 0o700), os.WriteFile(filepath.Join(left, "joinery.db.copy"), []byte("people"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	begun := false
	_, err := backup.Write(t.Context(), dir, backup.Name(day), files, func(string, int64) io.Writer {
		if !begun {
			begun = true
			if _, err := backup.Write(t.Context(), dir, "other.tar", files, silent); err != nil {
				t.Error(err)
			}
		}
		return io.Discard
	})
	if err != nil {
		t.Errorf("a backup fails beside another: %v", err)
	}
	wantAlone(t, dir, backup.Name(day), "other.tar")
}

// TestNothingIsRestoredWhileOneFileIsInUse although the other could be.
func TestNothingIsRestoredWhileOneFileIsInUse(t *testing.T) {
	files, _ := aSite(t)
	drafts := filepath.Join(t.TempDir(), "drafts.db")
	kept, err := backup.Restore(t.Context(), written(t, files), []backup.File{{"drafts.db", drafts}, files[1]}, anyFile, day, silent)
	if !errors.Is(err, db.ErrInUse) || len(kept) != 0 {
		t.Errorf("Restore: %v, and keeps %q", err, kept)
	}
	if _, err := os.Stat(drafts); err == nil {
		t.Error("the drafts are restored")
	}
}
