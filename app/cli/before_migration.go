package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"joinery/app/backup"
	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/draft"
)

// backUpBeforeMigration writes a backup when the start of this version will change tables
// that a site has used. It is named after the first change, so that a start that fails and
// is tried again leaves one file.
func (p *program) backUpBeforeMigration(ctx context.Context, cfg config.Config) error {
	pending, err := pendingMigrations(ctx, cfg)
	if err != nil || len(pending) == 0 {
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

// removeUnfinished removes what backups and restores of the site have left that were killed.
func removeUnfinished(cfg config.Config) error {
	return errors.Join(
		backup.RemoveUnfinished(cfg.Backups),
		backup.RemoveUnfinished(filepath.Dir(cfg.Database)),
		backup.RemoveUnfinished(filepath.Dir(cfg.Drafts)),
	)
}
