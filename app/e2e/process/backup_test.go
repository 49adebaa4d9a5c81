//go:build e2e

package process

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// backedUp writes a backup of the site of s, and returns its path.
func backedUp(t *testing.T, s harness.Settings) string {
	t.Helper()
	status, out, said := result(t, s, "backup", filepath.Join(t.TempDir(), "backups"))
	if status != 0 || !strings.Contains(said, "master.key") {
		t.Fatalf("backup ends with %d and says\n%swant a word about the master key", status, said)
	}
	return strings.TrimSpace(out)
}

// members returns what the command prints about the members of a site.
func members(t *testing.T, s harness.Settings) string {
	t.Helper()
	status, out, said := result(t, s, "members")
	if status != 0 {
		t.Fatalf("members ends with %d and says\n%s", status, said)
	}
	return out
}

// joins makes Zoe a member.
func joins(t *testing.T, s harness.Settings) {
	t.Helper()
	zoe := harness.NewApplicant(t, s)
	zoe.Apply()
	zoe.Confirm(harness.FirstInOutbox(t, s))
}

// TestABackupBesideARunningSiteComesBack without the member who joined after it. While the
// site runs, nothing is restored.
func TestABackupBesideARunningSiteComesBack(t *testing.T) {
	t.Parallel()
	s := harness.NewSettings(t, nil)
	site := start(t, s)
	before, archive := members(t, s), backedUp(t, s)
	if text, err := os.ReadFile(archive); err != nil || strings.Contains(string(text), masterKeyOf(t, s)) {
		t.Errorf("the backup has the master key in it (%v)", err)
	}
	joins(t, s)
	after := members(t, s)
	if status, _, said := result(t, s, "restore", archive); status != 1 || !strings.Contains(said, "stop the site") {
		t.Errorf("beside the running site restore ends with %d and says\n%s", status, said)
	}
	if got := members(t, s); got != after || before == after {
		t.Errorf("a restore that was refused has changed the members to\n%s", got)
	}
	wantRefusalThoughDamaged(t, s, archive)
	site.kill() // its journal stays
	if status, _, said := result(t, s, "restore", archive); status != 0 {
		t.Fatalf("restore ends with %d and says\n%s", status, said)
	}
	if got := members(t, s); got != before {
		t.Errorf("the members are\n%swant\n%s", got, before)
	}
	start(t, s).stop(t)
}

// masterKeyOf returns the master key of the site.
func masterKeyOf(t *testing.T, s harness.Settings) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s["DATA"], "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// TestARestoreThatIsKilledLeavesTheOldOrTheNew kills it at many moments.
func TestARestoreThatIsKilledLeavesTheOldOrTheNew(t *testing.T) {
	t.Parallel()
	s := harness.NewSettings(t, nil)
	site := start(t, s)
	archive, older := backedUp(t, s), members(t, s)
	joins(t, s)
	newer := members(t, s)
	site.kill()
	newest := backedUp(t, s)
	begun := time.Now()
	if status, _, said := result(t, s, "restore", newest); status != 0 {
		t.Fatalf("restore ends with %d and says\n%s", status, said)
	}
	whole := time.Since(begun)
	seen := make(map[string]int)
	for n := 0; n < 10 || len(seen) < 2 && n < 60; n++ { // a busy machine takes longer than the first time
		p := command(t, s, "restore", archive)
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(whole * time.Duration(n) / 7)
		p.kill()
		got := members(t, s)
		switch got {
		case older, newer:
			seen[got]++
		default:
			t.Fatalf("killed in the middle, the members are\n%s", got)
		}
		if got == older { // once more from the newer state
			result(t, s, "restore", newest)
		}
	}
	if len(seen) != 2 {
		t.Error("all kills came before the backup was in its place, or all after it")
	}
	start(t, s).stop(t)
}

// wantRefusalThoughDamaged makes the database of a running site one that nobody can open,
// tries to restore it, and makes it whole again.
func wantRefusalThoughDamaged(t *testing.T, s harness.Settings, archive string) {
	t.Helper()
	file, err := os.OpenFile(filepath.Join(s["DATA"], "joinery.db"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	head := make([]byte, 16)
	if _, err := file.ReadAt(head, 0); err != nil {
		t.Fatal(err)
	}
	defer file.WriteAt(head, 0) //nolint:errcheck // what follows would fail
	if _, err := file.WriteAt([]byte("no database here"), 0); err != nil {
		t.Fatal(err)
	}
	if status, _, said := result(t, s, "restore", archive); status != 1 || !strings.Contains(said, "stop the site") {
		t.Errorf("while the site runs with a damaged file restore ends with %d and says\n%s", status, said)
	}
}
