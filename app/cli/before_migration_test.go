package cli

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/journeytest"
)

// TestOnlyOldBackupsOfTheProgramItselfAreRemoved and check says which are kept until when.
func TestOnlyOldBackupsOfTheProgramItselfAreRemoved(t *testing.T) {
	cfg := aStartedSite(t)
	journeytest.Must(t, os.MkdirAll(cfg.Backups, 0o700))
	made := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	path := func(name string) string { return filepath.Join(cfg.Backups, name) }
	for _, name := range []string{"before-0021_a.tar", "joinery-2026-11-01T120000Z.tar"} {
		journeytest.Must(t, os.WriteFile(path(name), nil, 0o600))
		journeytest.Must(t, os.Chtimes(path(name), made, made))
	}
	wantWords(t, map[string]string{"DATA": cfg.Data, "MX_CHECK": "0"}, "check", path("before-0021_a.tar")+"; the site removes it after 2026-12-01")
	for _, is := range []struct {
		days int
		kept bool
	}{{29, true}, {31, false}} {
		p := &Parts{backups: cfg.Backups, now: func() time.Time { return made.AddDate(0, 0, is.days) }}
		journeytest.Must(t, p.removeBackupsBefore(t.Context()))
		if _, err := os.Stat(path("before-0021_a.tar")); (err == nil) != is.kept {
			t.Errorf("after %d days: %v, want it kept: %v", is.days, err, is.kept)
		}
	}
	if _, err := os.Stat(path("joinery-2026-11-01T120000Z.tar")); err != nil {
		t.Errorf("a backup that a person has made: %v", err)
	}
}
