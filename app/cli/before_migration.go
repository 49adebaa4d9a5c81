package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"joinery/app/backup"
	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/draft"
)

// beforeKeep is how long a backup is kept that the program has made by itself. It holds
// personal data.
const beforeKeep = 30 * 24 * time.Hour

// backUpBeforeMigration writes a backup when the start of this version will change tables
// that a site has used. It is named after the first change, so that a start that fails and
// is tried again leaves one file.
func (p *program) backUpBeforeMigration(ctx context.Context, cfg config.Config) error {
	pending, err := pendingMigrations(ctx, cfg)
	if err != nil || len(pending) == 0 {
		return err
	}
	if err := refuseChangedForm(ctx, cfg, pending); err != nil {
		return err
	}
	name := "before-" + strings.TrimSuffix(pending[0], ".sql") + ".tar"
	silent := func(string, int64) io.Writer { return io.Discard }
	path, err := backup.Write(ctx, cfg.Backups, name, siteFiles(cfg), silent)
	if err != nil {
		return fmt.Errorf("a new version changes the tables, and a backup before that could not be written to %s: %w", filepath.Join(cfg.Backups, name), err)
	}
	p.log.Info("a backup was written before the tables are changed", "path", path)
	return nil
}

// pendingMigrations returns the names of the changes that the start of this version will
// make to the tables of the site.
func pendingMigrations(ctx context.Context, cfg config.Config) ([]string, error) {
	pending, err := db.Pending(ctx, cfg.Database, db.Migrations())
	if err != nil || cfg.RedisURL != "" {
		return pending, err
	}
	drafts, err := db.Pending(ctx, cfg.Drafts, draft.Migrations())
	return append(pending, drafts...), err
}

// backupsBefore returns the backups in a folder that the program has made by itself.
func backupsBefore(folder string) (paths []string, err error) {
	names, err := fs.Glob(os.DirFS(folder), "before-*.tar")
	for _, name := range names {
		paths = append(paths, filepath.Join(folder, name))
	}
	return paths, err
}

// removeBackupsBefore removes those of them that are old.
func (p *Parts) removeBackupsBefore(context.Context) error {
	paths, err := backupsBefore(p.backups)
	for _, path := range paths {
		info, gone := os.Stat(path)
		if gone == nil && p.now().Sub(info.ModTime()) > beforeKeep {
			err = errors.Join(err, os.Remove(path))
		}
	}
	return err
}

// checkBackupsBefore lists them.
func checkBackupsBefore(cfg config.Config, out io.Writer) error {
	paths, err := backupsBefore(cfg.Backups)
	for _, path := range paths {
		if info, gone := os.Stat(path); gone == nil {
			fmt.Fprintf(out, "a backup from before a migration, which holds personal data: %s; the site removes it after %s\n",
				path, info.ModTime().Add(beforeKeep).In(cfg.Zone).Format("2006-01-02"))
		}
	}
	return err
}

// removeUnfinished removes what backups and restores of the site have left that were killed.
func removeUnfinished(cfg config.Config) error {
	return errors.Join(
		backup.RemoveUnfinished(cfg.Backups),
		backup.RemoveUnfinished(filepath.Dir(cfg.Database)),
		backup.RemoveUnfinished(filepath.Dir(cfg.Drafts)),
	)
}
