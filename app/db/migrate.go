package db

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
)

// The tables of every file besides those of its migrations.
const (
	migrationsTable = `CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT`

	// The table readiness has one row, which [DB.CheckWritable] writes.
	readinessTable = `CREATE TABLE IF NOT EXISTS readiness (id INTEGER PRIMARY KEY CHECK (id = 1), checks INTEGER NOT NULL) STRICT`
)

// migrate applies the .sql files that were not applied yet, in the order of their names.
// A released file is never edited.
func (d *DB) migrate(ctx context.Context, migrations fs.FS) error {
	if _, err := d.write.ExecContext(ctx, migrationsTable); err != nil {
		return err
	}
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return err
	}
	if err := d.refuseLaterVersion(ctx, names); err != nil {
		return err
	}
	if _, err := d.write.ExecContext(ctx, readinessTable); err != nil {
		return err
	}
	for _, name := range names {
		if err := d.apply(ctx, migrations, name); err != nil {
			return fmt.Errorf("migration %s: %w", name, err)
		}
	}
	return nil
}

// apply runs and records one migration in one transaction.
func (d *DB) apply(ctx context.Context, migrations fs.FS, name string) error {
	script, err := fs.ReadFile(migrations, name)
	if err != nil {
		return err
	}
	return d.InTx(ctx, func(tx *sql.Tx) error {
		fresh, err := Changed(tx.ExecContext(ctx, `INSERT INTO migrations (name) VALUES ($1) ON CONFLICT DO NOTHING`, name))
		if err != nil || !fresh {
			return err // it failed, or the migration is applied already
		}
		_, err = tx.ExecContext(ctx, string(script))
		return err
	})
}
