package draft

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"joinery/app/db"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the migrations of the file of drafts.
func Migrations() fs.FS {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return sub
}

// SQL is a [Store] in an SQLite file of its own, for a site without Redis. A power loss
// can take the last saves before it.
type SQL struct {
	Log *slog.Logger // gets the failures of sweeps; at first it discards them

	db  *db.DB
	ttl time.Duration
	now func() time.Time
}

// OpenSQL opens the store at path, and creates it if it is missing. [SQL.Run] must run
// beside it, or expired drafts stay in the file.
func OpenSQL(ctx context.Context, path string, ttl time.Duration, now func() time.Time) (*SQL, error) {
	file, err := db.Open(ctx, path, db.Crash, Migrations())
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	return &SQL{Log: slog.New(slog.DiscardHandler), db: file, ttl: ttl, now: now}, nil
}

// OpenSQLReading opens the store at path for reading alone, also beside a site that runs. It
// creates and migrates nothing, see [db.OpenReading].
func OpenSQLReading(ctx context.Context, path string, ttl time.Duration, now func() time.Time) (*SQL, error) {
	scripts, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	file, err := db.OpenReading(ctx, path, scripts)
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	return &SQL{Log: slog.New(slog.DiscardHandler), db: file, ttl: ttl, now: now}, nil
}

// Close closes the file.
func (s *SQL) Close() error { return s.db.Close() }

// Load returns a draft, or ErrNotFound, also for one that has expired and was not swept
// yet.
func (s *SQL) Load(ctx context.Context, id ID) (Draft, error) {
	rows, err := s.db.Read().QueryContext(ctx, `
		SELECT saved, section, content, version
		FROM drafts JOIN sections ON draft = key
		WHERE key = $1 AND saved > $2`,
		id.Key, expiryCutoff(s.now(), s.ttl),
	)
	if err != nil {
		return Draft{}, fmt.Errorf("draft: load: %w", db.MarkOutage(err))
	}
	saved, sections, err := fromRows(rows)
	if err != nil {
		return Draft{}, fmt.Errorf("draft: load: %w", db.MarkOutage(err))
	}
	if len(sections) == 0 {
		return Draft{}, ErrNotFound
	}
	d := Draft{Key: id.Key, Saved: time.UnixMilli(saved)}
	d.Sections, err = id.open(sections)
	if err != nil && !errors.Is(err, ErrNotFound) {
		err = fmt.Errorf("draft: load: %w", err)
	}
	if err != nil {
		return Draft{}, err
	}
	return d, nil
}

// fromRows reads the sections of one draft and closes rows.
func fromRows(rows *sql.Rows) (saved int64, sections map[string]sealedSection, err error) {
	defer rows.Close()
	sections = make(map[string]sealedSection)
	for rows.Next() {
		var name string
		var s sealedSection
		if err := rows.Scan(&saved, &name, &s.content, &s.version); err != nil {
			return 0, nil, err
		}
		sections[name] = s
	}
	return saved, sections, rows.Err()
}

// Delete removes a draft, and its copy in the journal. A draft that is not there is no
// error. While a connection reads, the copy stays until the next sweep.
func (s *SQL) Delete(ctx context.Context, key string) error {
	if _, err := s.db.Write().ExecContext(ctx, `DELETE FROM drafts WHERE key = $1`, key); err != nil {
		return fmt.Errorf("draft: delete: %w", db.MarkOutage(err))
	}
	if err := s.db.TruncateJournal(ctx); err != nil {
		return fmt.Errorf("draft: delete: %w", db.MarkOutage(err))
	}
	return nil
}

// ClearCopies empties the journal. The file itself has none: deleted data is overwritten.
func (s *SQL) ClearCopies(ctx context.Context) (Copies, error) {
	cleared, err := s.db.ClearJournal(ctx)
	switch {
	case err != nil:
		return Pending, fmt.Errorf("draft: clear copies: %w", db.MarkOutage(err))
	case !cleared:
		return Pending, nil
	}
	return Cleared, nil
}

// Ping returns an error when the file cannot be written.
func (s *SQL) Ping(ctx context.Context) error {
	if err := s.db.CheckWritable(ctx, s.now()); err != nil {
		return fmt.Errorf("draft: ping: %w", err)
	}
	return nil
}
