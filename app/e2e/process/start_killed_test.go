//go:build e2e

package process

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// TestAFirstStartThatIsKilledHeals when the kill comes as soon as a file of the site is
// there: the next start goes on, and people can apply.
func TestAFirstStartThatIsKilledHeals(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"joinery.db", "joinery.db-wal", "master.key", "drafts.db"} {
		s := harness.NewSettings(t, nil)
		site := command(t, s)
		if err := site.Start(); err != nil {
			t.Fatal(err)
		}
		for began := time.Now(); !exists(filepath.Join(s["DATA"], file)); {
			if time.Since(began) > time.Minute {
				t.Fatalf("a start makes no %s", file)
			}
		}
		site.kill()
		if site.out.Len() > 0 {
			t.Errorf("the kill after %s comes too late: the site was ready", file)
		}
		next := start(t, s)
		harness.NewApplicant(t, s).FillIn("zoe@example.org")
		next.kill()
	}
}

// exists reports whether there is a file.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// TestAStartRemovesWhatKilledBackupsHaveLeft and no backup.
func TestAStartRemovesWhatKilledBackupsHaveLeft(t *testing.T) {
	t.Parallel()
	s := harness.NewSettings(t, nil)
	folder := filepath.Join(s["DATA"], "backups")
	unfinished := []string{filepath.Join(folder, ".backup-1"), filepath.Join(s["DATA"], ".restore-1")}
	for _, path := range unfinished {
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
		put(t, path, "joinery.db", "a copy of all")
	}
	whole := put(t, folder, "joinery-2026-11-01T120000Z.tar", "a backup")
	start(t, s).stop(t)
	for _, path := range unfinished {
		if exists(path) {
			t.Errorf("%s is still there", path)
		}
	}
	if !exists(whole) {
		t.Error("a backup is gone")
	}
}
