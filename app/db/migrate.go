package db

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
)

// migrate applies, in order of name, the .sql files that were not applied yet.
// A file that was once released is never edited again.
func migrate(ctx context.Context, db *sql.DB, migrations fs.FS) error {
	const table = `CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT`
	if _, err := db.ExecContext(ctx, table); err != nil {
		return err
	}
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := apply(ctx, db, migrations, name); err != nil {
			return fmt.Errorf("migration %s: %w", name, err)
		}
	}
	var applied int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM migrations`).Scan(&applied); err != nil {
		return err
	}
	if applied != len(names) {
		return fmt.Errorf("the file was written by another version of this program: it has had %d changes, this version knows %d", applied, len(names))
	}
	return nil
}

// apply runs one migration and records it, or does neither.
func apply(ctx context.Context, db *sql.DB, migrations fs.FS, name string) error {
	script, err := fs.ReadFile(migrations, name)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to undo
	res, err := tx.ExecContext(ctx, `INSERT INTO migrations (name) VALUES ($1) ON CONFLICT DO NOTHING`, name)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err // failed, or already applied
	}
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	return tx.Commit()
}
