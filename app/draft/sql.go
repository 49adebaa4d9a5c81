package draft

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"joinery/app/db"
	"joinery/app/form"
)

//go:embed migrations/*.sql
var migrations embed.FS

// SQL is a [Store] in an SQLite file of its own, for where there is no Redis.
// A power loss can take the last moments before it.
type SQL struct {
	Log *slog.Logger // hears of sweeps that failed; at first it is deaf

	db  *db.DB
	ttl time.Duration
	now func() time.Time
}

// OpenSQL opens the store at path, which it makes if it is missing. Have
// [SQL.Run] running beside it, or what expires stays in the file.
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

// Load returns the draft with the given ID, or ErrNotFound, also for one that
// expired and was not swept yet.
func (s *SQL) Load(ctx context.Context, id string) (Draft, error) {
	rows, err := s.db.Read().QueryContext(ctx, `
		SELECT form, lang, saved, section, answers
		FROM drafts JOIN sections ON draft = id
		WHERE id = $1 AND expires > $2`,
		Digest(id), s.now().UnixMilli(),
	)
	if err != nil {
		return Draft{}, fmt.Errorf("draft: load: %w", err)
	}
	d, err := fromRows(rows)
	if err != nil {
		return Draft{}, fmt.Errorf("draft: load: %w", err)
	}
	if len(d.Sections) == 0 {
		return Draft{}, ErrNotFound
	}
	d.ID = id
	return d, nil
}

// fromRows reads the sections of one draft, if any, and closes rows.
func fromRows(rows *sql.Rows) (Draft, error) {
	defer rows.Close()
	d := Draft{Sections: make(map[string]form.Answers)}
	for rows.Next() {
		var saved int64
		var section string
		var text []byte
		if err := rows.Scan(&d.Form, &d.Lang, &saved, &section, &text); err != nil {
			return Draft{}, err
		}
		var answers form.Answers
		if err := json.Unmarshal(text, &answers); err != nil {
			return Draft{}, err
		}
		d.Saved = time.UnixMilli(saved)
		d.Sections[section] = answers
	}
	return d, rows.Err()
}

// Save replaces the answers of one section and starts the draft's time anew.
func (s *SQL) Save(ctx context.Context, id string, save Save) error {
	answers, err := json.Marshal(save.Answers)
	if err != nil {
		return fmt.Errorf("draft: save: %w", err)
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		return s.save(ctx, tx, Digest(id), save, string(answers))
	})
	if err != nil {
		return fmt.Errorf("draft: save: %w", err)
	}
	return nil
}

// save writes one section of the draft with the given digest, and first clears
// away what expired under it: a sweep that is yet to come must not make a
// difference.
func (s *SQL) save(ctx context.Context, tx *sql.Tx, id string, save Save, answers string) error {
	now := s.now()
	_, err := tx.ExecContext(ctx, `DELETE FROM drafts WHERE id = $1 AND expires <= $2`, id, now.UnixMilli())
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO drafts (id, form, lang, saved, expires)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE
		SET form = excluded.form, lang = excluded.lang, saved = excluded.saved, expires = excluded.expires`,
		id, save.Form, save.Lang, save.At.UnixMilli(), now.Add(s.ttl).UnixMilli(),
	)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO sections (draft, section, answers)
		VALUES ($1, $2, $3)
		ON CONFLICT (draft, section) DO UPDATE SET answers = excluded.answers`,
		id, save.Section, answers,
	)
	return err
}

// Delete forgets a draft. Deleting one that is not there is no error.
func (s *SQL) Delete(ctx context.Context, id string) error {
	if _, err := s.db.Write().ExecContext(ctx, `DELETE FROM drafts WHERE id = $1`, Digest(id)); err != nil {
		return fmt.Errorf("draft: delete: %w", err)
	}
	return nil
}

// Ping returns an error when the file cannot be read, or not be written to.
func (s *SQL) Ping(ctx context.Context) error {
	err := s.db.InTx(ctx, func(tx *sql.Tx) error { // it begins by asking to write
		var any bool
		return tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM drafts)`).Scan(&any)
	})
	if err != nil {
		return fmt.Errorf("draft: ping: %w", err)
	}
	return nil
}
