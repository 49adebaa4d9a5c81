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

func newSQLBench(t *testing.T) bench {
	dir := t.TempDir()
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	return bench{
		open: func(t *testing.T) store { return openSQL(t, dir, func() time.Time { return now }) },
		pass: func(_ *testing.T, d time.Duration) { now = now.Add(d) },
		raw:  func(t *testing.T) string { return filesIn(t, dir) },
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

// filesIn returns all that is in the files of dir. Reading an SQLite file
// takes away the locks that this process has on it: have it closed before, or
// do nothing but close it after.
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

func TestSQLSweepLeavesNoTrace(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	s := openSQL(t, dir, func() time.Time { return now })
	mustSave(t, s, "old", aSave("about", form.Answers{"name": {"of-the-old"}}))
	now = now.Add(ttl)
	mustSave(t, s, "deleted", aSave("about", form.Answers{"name": {"of-the-deleted"}}))
	mustSave(t, s, id, aSave("about", form.Answers{"name": {"of-the-current"}}))
	if err := s.Delete(t.Context(), "deleted"); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustLoad(t, s, id)
	raw := filesIn(t, dir)
	if !strings.Contains(raw, "of-the-current") {
		t.Error("the files do not hold what was kept")
	}
	for _, gone := range []string{"of-the-old", "of-the-deleted", Digest("old"), Digest("deleted")} {
		if strings.Contains(raw, gone) {
			t.Errorf("the files still hold %q", gone)
		}
	}
}

// TestSQLRunSweeps needs no hours: in a synctest bubble they pass at once.
func TestSQLRunSweeps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openSQL(t, t.TempDir(), time.Now)
		mustSave(t, s, "before the start", aSave("about", nil))
		time.Sleep(ttl)
		mustSave(t, s, id, aSave("about", nil))

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
