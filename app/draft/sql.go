package draft

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"joinery/app/db"
)

//go:embed migrations/*.sql
var migrations embed.FS

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
	scripts, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	file, err := db.Open(ctx, path, db.Crash, scripts)
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	return &SQL{Log: slog.New(slog.DiscardHandler), db: file, ttl: ttl, now: now}, nil
}

// Close closes the file.
func (s *SQL) Close() error { return s.db.Close() }

// Load returns the draft with the given key, or ErrNotFound, also for a draft that has
// expired and was not swept yet.
func (s *SQL) Load(ctx context.Context, key string) (Draft, error) {
	rows, err := s.db.Read().QueryContext(ctx, `
		SELECT saved, section, content, version
		FROM drafts JOIN sections ON draft = key
		WHERE key = $1 AND saved > $2`,
		key, expiryCutoff(s.now(), s.ttl),
	)
	if err != nil {
		return Draft{}, fmt.Errorf("draft: load: %w", db.MarkOutage(err))
	}
	d, err := fromRows(rows)
	if err != nil {
		return Draft{}, fmt.Errorf("draft: load: %w", db.MarkOutage(err))
	}
	if len(d.Sections) == 0 {
		return Draft{}, ErrNotFound
	}
	d.Key = key
	return d, nil
}

// fromRows reads the sections of one draft and closes rows.
func fromRows(rows *sql.Rows) (Draft, error) {
	defer rows.Close()
	d := Draft{Sections: make(map[string]Section)}
	for rows.Next() {
		var saved, version int64
		var section, content string
		if err := rows.Scan(&saved, &section, &content, &version); err != nil {
			return Draft{}, err
		}
		s, err := decode(content, version)
		if err != nil {
			return Draft{}, err
		}
		d.Saved = time.UnixMilli(saved)
		d.Sections[section] = s
	}
	return d, rows.Err()
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

// Ping returns an error when the file cannot be written.
func (s *SQL) Ping(ctx context.Context) error {
	if err := s.db.CheckWritable(ctx, s.now()); err != nil {
		return fmt.Errorf("draft: ping: %w", err)
	}
	return nil
}
