package draft

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"joinery/app/form"
)

func newSQLHarness(t *testing.T) harness {
	dir := t.TempDir()
	c := newClock()
	return harness{
		clock: c,
		open:  func(t *testing.T) store { return openSQL(t, dir, c.now) },
		raw:   func(t *testing.T) string { return filesIn(t, dir) },
	}
}

func openSQL(t *testing.T, dir string, now func() time.Time) *SQL {
	t.Helper()
	s, err := OpenSQL(t.Context(), filepath.Join(dir, "drafts.db"), ttl, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// filesIn returns the contents of the files in dir. Reading an SQLite file releases the
// locks that this process has on it: the store must be closed before, or only be closed
// after.
func filesIn(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestSQLSweepLeavesNoTrace deletes a draft while a connection reads: then only the sweep
// can empty the journal.
func TestSQLSweepLeavesNoTrace(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	s := openSQL(t, dir, c.now)
	mustSave(t, s, "the-old-one", newSave(c.now(), "about", form.Answers{"name": {"of-the-old"}}))
	c.pass(ttl)
	mustSave(t, s, "the-deleted-one", newSave(c.now(), "about", form.Answers{"name": {"of-the-deleted"}}))
	mustSave(t, s, key, newSave(c.now(), "about", form.Answers{"name": {"of-the-current"}}))
	old, deleted, current := sealedIn(t, s, "the-old-one"), sealedIn(t, s, "the-deleted-one"), sealedIn(t, s, key)
	rows, err := s.db.Read().QueryContext(t.Context(), `SELECT content FROM sections`)
	if err != nil || !rows.Next() {
		t.Fatalf("nothing to read: %v", err)
	}
	mustDelete(t, s, "the-deleted-one")
	mustClose(t, rows)
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustLoad(t, s, key)
	raw := filesIn(t, dir)
	if !strings.Contains(raw, current) {
		t.Error("the files do not hold the draft that was kept")
	}
	for _, gone := range []string{old, deleted, "of-the-", "the-old-one", "the-deleted-one"} {
		if strings.Contains(raw, gone) {
			t.Errorf("the files still hold %q", gone)
		}
	}
}

// sealedIn returns the section of a draft as the file has it.
func sealedIn(t *testing.T, s *SQL, key string) (content string) {
	t.Helper()
	if err := s.db.Read().QueryRowContext(t.Context(), `SELECT content FROM sections WHERE draft = $1`, key).Scan(&content); err != nil {
		t.Fatal(err)
	}
	return content
}

// TestSQLRunSweeps runs in a synctest bubble, where hours pass at once.
func TestSQLRunSweeps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openSQL(t, t.TempDir(), time.Now)
		mustSave(t, s, "before the start", newSave(time.Now(), "about", nil))
		time.Sleep(ttl)
		mustSave(t, s, key, newSave(time.Now(), "about", nil))

		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- s.Run(ctx) }()
		time.Sleep(time.Second)
		wantSections(t, s, 1) // the one saved last
		time.Sleep(ttl - time.Minute)
		wantSections(t, s, 1)
		time.Sleep(time.Hour)
		wantSections(t, s, 0)
		stop()
		if err := <-done; err != nil {
			t.Errorf("Run: %v, want nil when it was told to stop", err)
		}
	})
}

func TestSQLRunOutlivesFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openSQL(t, t.TempDir(), time.Now)
		var log bytes.Buffer
		s.Log = slog.New(slog.NewTextHandler(&log, nil))
		mustClose(t, s)
		ctx, stop := context.WithTimeout(t.Context(), 90*time.Minute)
		defer stop()
		if err := s.Run(ctx); err != nil {
			t.Errorf("Run: %v, want nil when its time is over", err)
		}
		if got := strings.Count(log.String(), "sweeping drafts failed"); got != 2 {
			t.Errorf("%d failures were logged, want 2:\n%s", got, &log)
		}
	})
}

// wantSections wants the file to hold n sections, expired or not.
func wantSections(t *testing.T, s *SQL, n int) {
	t.Helper()
	var got int
	if err := s.db.Read().QueryRowContext(t.Context(), `SELECT count(*) FROM sections`).Scan(&got); err != nil {
		t.Fatal(err)
	}
	if got != n {
		t.Errorf("the file holds %d sections, want %d", got, n)
	}
}

func TestOpenSQLRefusesAnotherFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "drafts.db")
	if err := os.WriteFile(path, []byte("Dear diary, this is no database but a text."), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := OpenSQL(t.Context(), path, ttl, time.Now)
	if err == nil {
		s.Close()
		t.Fatal("OpenSQL opened a text file")
	}
	if !strings.HasPrefix(err.Error(), "draft: ") || !strings.Contains(err.Error(), path) {
		t.Errorf("OpenSQL: %q, want it to begin with draft: and to name %s", err, path)
	}
}

// TestSQLPingFindsAFileThatCannotBeWritten overwrites the file with zeros.
func TestSQLPingFindsAFileThatCannotBeWritten(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	s := openSQL(t, dir, c.now)
	mustPing(t, s)
	file, err := os.OpenFile(filepath.Join(dir, "drafts.db"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt(make([]byte, 4096), 0); err != nil {
		t.Fatal(err)
	}
	mustClose(t, file)
	c.pass(time.Second)
	wantDiscreet(t, "Ping", s.Ping(t.Context()))
}
