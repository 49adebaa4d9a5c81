package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/mattn/go-sqlite3"

	"joinery/app/readiness"
)

// checkPatience is how long a check waits for a lock. Meanwhile it holds the writing
// connection.
const checkPatience = time.Second

// A check is the state of [DB.CheckWritable].
type check struct {
	path  string
	file  os.FileInfo // of the file that is open
	write readiness.Probe
}

// CheckWritable returns an error unless the file at the path is the open one, begins with
// the header of SQLite, and takes a small write, which CheckWritable commits. Calls within
// a second of each other share one write. CheckWritable returns when ctx is done.
func (d *DB) CheckWritable(ctx context.Context, now time.Time) error {
	err := d.checkPlace(ctx)
	if err == nil {
		err = d.check.write.Check(ctx, now, d.tryWrite)
	}
	if err != nil {
		return fmt.Errorf("db: %s cannot be written: %w", d.check.path, err)
	}
	return nil
}

// checkPlace returns an error unless the open file is still at its path.
func (d *DB) checkPlace(ctx context.Context) error {
	if err := d.read.PingContext(ctx); err != nil {
		return err
	}
	return d.check.inPlace()
}

// tryWrite reads the header and commits a small write.
func (d *DB) tryWrite(ctx context.Context) error {
	if err := checkHeader(ctx, d.check.path); err != nil {
		return err
	}
	return d.waiting(ctx, checkPatience, func(conn *sql.Conn) error {
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
		_, err = tx.ExecContext(ctx, `
			INSERT INTO readiness (id, checks) VALUES (1, 1)
			ON CONFLICT (id) DO UPDATE SET checks = checks + 1`) // SQLite would not write an unchanged row
		if err != nil {
			return err
		}
		return tx.Commit()
	})
}

// checkHeader returns an error unless the file at path begins with the header of SQLite.
// An open connection cannot tell: it has the first page in memory or in the journal.
//
// An immutable connection reads the file itself, without locks and without the journal.
// Package os must not read the file: closing it would release the locks that this process
// has on it. SQLite takes care of them.
func checkHeader(ctx context.Context, path string) error {
	file, err := open(path, "ro", "immutable", "1")
	if err != nil {
		return err
	}
	defer file.Close()
	var version int
	err = file.QueryRowContext(ctx, `PRAGMA schema_version`).Scan(&version)
	if damaged := (sqlite3.Error{}); errors.As(err, &damaged) && damaged.Code == sqlite3.ErrCorrupt {
		return nil // without its journal, a sound file may be shorter than its header says
	}
	return err
}
