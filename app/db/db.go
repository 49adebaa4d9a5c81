// Package db opens SQLite files, migrates their tables, runs transactions, and checks
// that a file can be written. It is the only package that knows the driver.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/mattn/go-sqlite3" // and the driver "sqlite3"
)

// A Durability is what a commit survives.
type Durability string

// The durabilities, as SQLite calls them.
const (
	Crash     Durability = "NORMAL" // the end of the process, and often a power loss
	PowerLoss Durability = "FULL"   // both
)

// A DB is one SQLite file with one writing connection, so that writers wait for each
// other instead of failing, and a pool of reading connections, which never wait for a
// writer. It may be used concurrently.
type DB struct {
	write, read *sql.DB
	check       check
}

// How long a connection waits for a lock: a person waits for the answer. While a file is
// opened, another program may be migrating it.
const (
	patience     = time.Second
	openPatience = 5 * time.Second
)

// readers is how many reading connections there are.
const readers = 4

// Open opens the file at path and applies the migrations that the file does not have
// yet. It creates the file and its folder if they are missing. A file that is not a
// database, is damaged, or was written by a later version is an error and gets no
// migration.
func Open(ctx context.Context, path string, keep Durability, migrations fs.FS) (*DB, error) {
	if err := create(path); err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	file, err := Resolve(path)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	d := connections(file, keep)
	if err := d.prepare(ctx, migrations); err != nil {
		return nil, errors.Join(fmt.Errorf("db: %s: %w", path, err), d.Close())
	}
	return d, nil
}

// connections returns the file at path with its two pools, which do not connect yet.
func connections(path string, keep Durability) *DB {
	settings := []string{
		"_journal_mode", "WAL", "_synchronous", string(keep), "_busy_timeout", fmt.Sprint(patience.Milliseconds()), "_foreign_keys", "1",
		"_secure_delete", "1", // deleted data is personal: overwrite it
	}
	d := &DB{check: check{path: path}}
	d.write = sql.OpenDB(guarded{dsn(path, "rw", append(settings, "_txlock", "immediate")...), d.check.inPlace})
	d.write.SetMaxOpenConns(1)
	d.read = sql.OpenDB(guarded{dsn(path, "rw", append(settings, "_query_only", "1")...), d.check.inPlace})
	d.read.SetMaxOpenConns(readers)
	return d
}

// open returns a pool of connections, as dsn describes them.
func open(path, mode string, settings ...string) (*sql.DB, error) {
	return sql.Open("sqlite3", dsn(path, mode, settings...))
}

// dsn describes to the driver a connection to the file at path in a mode of SQLite: "rw"
// to read and write, "ro" to read. Neither mode creates a file. The settings are pairs of
// a name and a value for the driver.
func dsn(path, mode string, settings ...string) string {
	params := url.Values{"mode": {mode}}
	for setting := range slices.Chunk(settings, 2) {
		params.Set(setting[0], setting[1])
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: params.Encode()}).String()
}

// prepare checks that the file is sound and migrates its tables.
func (d *DB) prepare(ctx context.Context, migrations fs.FS) error {
	err := d.connect(ctx)
	if err != nil {
		return err
	}
	if err := setPatience(ctx, d.write, openPatience); err != nil {
		return err
	}
	if d.check.file, err = os.Stat(d.check.path); err != nil {
		return err
	}
	var verdict string
	if err := d.write.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("the file is damaged: %s", verdict)
	}
	if err := d.migrate(ctx, migrations); err != nil {
		return err
	}
	return setPatience(ctx, d.write, patience)
}

// connect opens the writing connection, which switches a new file to WAL. When two
// programs do that at the same time, SQLite lets one fail at once, so connect tries
// again for as long as a file may take to open.
func (d *DB) connect(ctx context.Context) error {
	for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		err := d.write.PingContext(ctx)
		if busy := (sqlite3.Error{}); !errors.As(err, &busy) || busy.Code != sqlite3.ErrBusy || time.Since(begun) > openPatience {
			return err
		}
	}
}

// TruncateJournal empties the journal beside the file, which still has copies of deleted
// and overwritten data. While a connection reads, it does nothing, so that writers need
// not wait.
func (d *DB) TruncateJournal(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx) // the data goes even when the caller has gone
	err := d.waiting(ctx, 0, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
		return err
	})
	if err != nil {
		return fmt.Errorf("db: truncate the journal: %w", err)
	}
	return nil
}

// ClearJournal does what TruncateJournal does, but waits for connections that read, for up
// to a second, in which writers wait too. It reports whether the journal is empty now.
func (d *DB) ClearJournal(ctx context.Context) (cleared bool, err error) {
	ctx = context.WithoutCancel(ctx)
	var busy, pages, copied int
	err = d.waiting(ctx, patience, func(conn *sql.Conn) error {
		return conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &copied)
	})
	if err != nil {
		return false, fmt.Errorf("db: clear the journal: %w", err)
	}
	return busy == 0, nil
}

// waiting calls do with the writing connection, which meanwhile waits for a lock no
// longer than the given time.
func (d *DB) waiting(ctx context.Context, long time.Duration, do func(*sql.Conn) error) error {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := setPatience(ctx, conn, long); err != nil {
		return err
	}
	err = do(conn)
	return errors.Join(err, setPatience(context.WithoutCancel(ctx), conn, patience))
}

// An executor executes statements on the writing connection.
type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func setPatience(ctx context.Context, write executor, wait time.Duration) error {
	_, err := write.ExecContext(ctx, fmt.Sprintf(`PRAGMA busy_timeout = %d`, wait.Milliseconds()))
	return err
}

// Close closes the file.
func (d *DB) Close() error { return errors.Join(d.read.Close(), d.write.Close()) }

// Read returns the connections for queries.
func (d *DB) Read() *sql.DB { return d.read }

// Write returns the connection for single statements that change rows. For several
// statements use [DB.InTx].
func (d *DB) Write() *sql.DB { return d.write }

// InTx runs do in a transaction. It commits when do returns nil, and rolls back
// otherwise. After a nil error the file with the change is at its path. It holds the
// writing connection meanwhile, so do must not wait for anything else.
func (d *DB) InTx(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("db: begin: %w", MarkOutage(err))
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("db: commit: %w", MarkOutage(err))
	}
	if err := d.check.inPlace(); err != nil { // it went during the commit
		return fmt.Errorf("db: commit: %w", err)
	}
	return nil
}

// Changed reports whether a statement changed any row.
func Changed(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}
