package cli

import (
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/backup"
	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/journeytest"
	"joinery/app/seal"
)

// aStartedSite returns the configuration of a site that has run once.
func aStartedSite(t *testing.T) config.Config {
	t.Helper()
	cfg := configured(t, nil)
	p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
	journeytest.Must(t, err)
	journeytest.Must(t, p.Close())
	return cfg
}

// change does a statement to a file of a site.
func change(t *testing.T, path string, migrations fs.FS, statement string) {
	t.Helper()
	file, err := db.Open(t.Context(), path, db.Crash, migrations)
	journeytest.Must(t, err)
	_, err = file.Write().Exec(statement)
	journeytest.Must(t, errors.Join(err, file.Close()))
}

func TestABackupOfAnEarlierVersionNeedsItsMasterKey(t *testing.T) {
	cfg, other := aStartedSite(t), aStartedSite(t)
	change(t, other.Database, db.Migrations(), `DELETE FROM migrations WHERE name = (SELECT max(name) FROM migrations)`)
	archived := backup.File{Name: "joinery.db", Path: other.Database}
	if err := acceptBackup(t.Context(), other, archived); err != nil {
		t.Errorf("with its master key: %v", err)
	}
	if err := acceptBackup(t.Context(), cfg, archived); !errors.Is(err, seal.ErrMaster) {
		t.Errorf("with another master key: %v, want a refusal", err)
	}
}

func TestABackupWithNothingSealedNeedsNoMasterKey(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"joinery.db", "drafts.db"} {
		unpackEarlier(t, dir, name)
		if err := acceptBackup(t.Context(), configured(t, nil), backup.File{Name: name, Path: filepath.Join(dir, name)}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDraftsOfALaterVersionAreNotRestored(t *testing.T) {
	cfg := aStartedSite(t)
	change(t, cfg.Drafts, draft.Migrations(), `INSERT INTO migrations (name) VALUES ('9999_later.sql')`)
	err := acceptBackup(t.Context(), cfg, backup.File{Name: "drafts.db", Path: cfg.Drafts})
	if err == nil || !strings.Contains(err.Error(), "another version") {
		t.Errorf("drafts of a later version: %v, want a refusal", err)
	}
}
