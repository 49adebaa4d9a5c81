//go:build e2e

package process

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// killsTooLate is how often a kill may come too late: a busy machine can let the site become
// ready before the test sees the file.
const killsTooLate = 5

// TestAFirstStartThatIsKilledHeals when the kill comes as soon as a file of the site is
// there: the next start goes on, and people can apply.
func TestAFirstStartThatIsKilledHeals(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"joinery.db", "joinery.db-wal", "master.key", "drafts.db"} {
		s := killedAfter(t, file)
		next := start(t, s)
		harness.NewApplicant(t, s).FillIn("zoe@example.org")
		next.kill()
	}
}

// killedAfter returns the settings of a site whose first start was killed once it had made a
// file, and before it was ready.
func killedAfter(t *testing.T, file string) harness.Settings {
	t.Helper()
	for range killsTooLate {
		s := harness.NewSettings(t, nil)
		site := command(t, s)
		if err := site.Start(); err != nil {
			t.Fatal(err)
		}
		appears := waitFor(filepath.Join(s["DATA"], file))
		site.kill()
		switch {
		case !appears:
			t.Fatalf("a start makes no %s, and says\n%s", file, site.err.String())
		case site.out.Len() == 0:
			return s
		}
	}
	t.Fatalf("%d kills after %s came too late: the site was ready", killsTooLate, file)
	return nil
}

// waitFor reports whether a file appears within a minute.
func waitFor(path string) bool {
	for began := time.Now(); !exists(path); time.Sleep(time.Millisecond) {
		if time.Since(began) > time.Minute {
			return false
		}
	}
	return true
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
