package member

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// ErrVersion reports a form that has changed and kept its version.
var ErrVersion = errors.New("member: the form has changed, but not its version; give it a new version: " +
	"drafts and members remember the version under which they answered")

// Archive keeps the definition of a form under its version for good. It returns
// ErrVersion if another definition is kept under that version. The definition is what
// [form.Definition.Source] returns, which does not depend on layout.
func (s *Store) Archive(ctx context.Context, version, definition string, now time.Time) error {
	var kept string
	err := s.db.Tx(ctx, "archive", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO forms (version, definition, first_used) VALUES ($1, $2, $3)
			ON CONFLICT (version) DO NOTHING`,
			version, definition, now.Unix())
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT definition FROM forms WHERE version = $1`, version).Scan(&kept)
	})
	if err == nil && kept != definition {
		return ErrVersion
	}
	return err
}

// Archived returns every definition that is kept, by version.
func (s *Store) Archived(ctx context.Context) (map[string]string, error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT version, definition FROM forms`)
	if err != nil {
		return nil, s.db.Wrap("archived", err)
	}
	defer rows.Close()
	forms := make(map[string]string)
	for rows.Next() {
		var version, definition string
		if err := rows.Scan(&version, &definition); err != nil {
			return nil, s.db.Wrap("archived", err)
		}
		forms[version] = definition
	}
	return forms, s.db.Wrap("archived", rows.Err())
}
