//go:build e2e

package process

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnUpgradeCanBeGoneBackOn by the backup that the start makes before it changes the
// tables: the file is of the earlier version again, and the next start upgrades it anew.
func TestAnUpgradeCanBeGoneBackOn(t *testing.T) {
	t.Parallel()
	o := unpack(t, "sqlite")
	start(t, o.settings).stop(t)
	upgraded := members(t, o.settings)
	found, err := filepath.Glob(filepath.Join(o.settings["DATA"], "backups", "before-*.tar"))
	if err != nil || len(found) != 1 {
		t.Fatalf("the start has made the backups %v (%v), want one", found, err)
	}
	if info, err := os.Stat(found[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup: %v, %v, want a mode of 0600", info, err)
	}
	if status, _, said := result(t, o.settings, "restore", found[0]); status != 0 {
		t.Fatalf("restore ends with %d and says\n%s", status, said)
	}
	if status, out, said := result(t, o.settings, "members"); status != 1 || !strings.Contains(said, "was written by an earlier version") {
		t.Errorf("after going back, members ends with %d, prints %q and says\n%s", status, out, said)
	}
	start(t, o.settings).stop(t)
	if again := members(t, o.settings); again != upgraded || !strings.Contains(again, "@") {
		t.Errorf("upgraded anew, the members are\n%swant\n%s", again, upgraded)
	}
}
