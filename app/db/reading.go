package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// An EarlierVersion is the error about a file that lacks changes of this version. Only
// [Open] makes them.
type EarlierVersion struct {
	Path    string
	Missing []string // the names of the migrations
	Empty   bool     // the file has none: it has no tables yet
}

// Error says what to do.
func (e *EarlierVersion) Error() string {
	return fmt.Sprintf("db: %s was written by an earlier version of this program, and lacks the changes %s: "+
		"start the site of this version once, or use the program of the site that runs", e.Path, strings.Join(e.Missing, ", "))
}

// OpenReading opens the file at path for reading alone, also beside a running site and on
// a disk that cannot be written. It creates and migrates nothing: a missing file is
// [fs.ErrNotExist], a file that lacks any of the migrations an [EarlierVersion].
func OpenReading(ctx context.Context, path string, migrations fs.FS) (*DB, error) {
	d, err := OpenAnyVersion(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := d.compareVersion(ctx, migrations); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// OpenAnyVersion does the same with a file of any version. The caller knows which tables
// it has.
func OpenAnyVersion(ctx context.Context, path string) (*DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	path, err := Resolve(path)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	d, err := readOnly(ctx, path)
	if lacksJournal(path, err) {
		d, err = readOnly(ctx, path, "immutable", "1")
	}
	if err != nil {
		return nil, fmt.Errorf("db: %s cannot be read: %w", path, err)
	}
	return d, nil
}

// readOnly opens the file at path, and reads from it.
func readOnly(ctx context.Context, path string, settings ...string) (*DB, error) {
	pool, err := open(path, "ro", append(settings, "_busy_timeout", fmt.Sprint(patience.Milliseconds()))...)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(readers)
	var tables int
	if err := pool.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return &DB{write: pool, read: pool, check: check{path: path}}, nil
}

// lacksJournal reports whether SQLite could not read the file at path because it has no
// journal, and none can be made on that disk. Then no program writes to the file.
func lacksJournal(path string, err error) bool {
	said := sqlite3.Error{}
	if !errors.As(err, &said) || said.Code != sqlite3.ErrCantOpen && said.Code != sqlite3.ErrReadonly {
		return false
	}
	journal, err := os.Stat(path + "-wal")
	return errors.Is(err, fs.ErrNotExist) || err == nil && journal.Size() == 0
}

// compareVersion returns an error unless the file has the migrations and no others.
func (d *DB) compareVersion(ctx context.Context, migrations fs.FS) error {
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return err
	}
	applied, err := d.applied(ctx)
	if err != nil {
		return fmt.Errorf("db: %s: %w", d.check.path, err)
	}
	if later := without(applied, names); len(later) > 0 {
		return fmt.Errorf("db: %s: %w", d.check.path, laterVersion(later[0]))
	}
	if missing := without(names, applied); len(missing) > 0 {
		return &EarlierVersion{Path: d.check.path, Missing: missing, Empty: len(applied) == 0}
	}
	return nil
}

// applied returns the names of the migrations that the file has: none if it is empty.
func (d *DB) applied(ctx context.Context) (names []string, err error) {
	var there bool
	err = d.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'migrations')`).Scan(&there)
	if err != nil || !there {
		return nil, err
	}
	rows, err := d.read.QueryContext(ctx, `SELECT name FROM migrations ORDER BY name`)
	if err != nil {
		return nil, err
	}
	return scanNames(rows)
}

// scanNames returns the names in rows, and closes them.
func scanNames(rows *sql.Rows) (names []string, err error) {
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// without returns the names that are not among others.
func without(names, others []string) (left []string) {
	for _, name := range names {
		if !slices.Contains(others, name) {
			left = append(left, name)
		}
	}
	return left
}
