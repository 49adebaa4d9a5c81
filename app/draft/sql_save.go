package draft

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"joinery/app/db"
)

// Save replaces one section as [Store] promises.
func (s *SQL) Save(ctx context.Context, id ID, save Save) (version int64, err error) {
	content, err := id.seal(save.Section, save.Content)
	if err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		if err := s.clear(ctx, tx, id.Key); err != nil {
			return err
		}
		if err := allow(ctx, tx, id.Key, save, len(content)); err != nil {
			return err
		}
		version, err = write(ctx, tx, id.Key, save, content)
		return err
	})
	switch {
	case err == nil:
		return version, nil
	case errors.Is(err, ErrNotFound), errors.Is(err, ErrConflict), errors.Is(err, ErrTooLarge):
		return 0, err
	}
	return 0, fmt.Errorf("draft: save: %w", db.MarkOutage(err))
}

// clear removes the draft if it has expired and was not swept yet.
func (s *SQL) clear(ctx context.Context, tx *sql.Tx, key string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM drafts WHERE key = $1 AND saved <= $2`, key, expiryCutoff(s.now(), s.ttl))
	return err
}

// allow returns the reason to refuse save, or nil. The size is that of its content.
func allow(ctx context.Context, tx *sql.Tx, key string, save Save, size int) error {
	var version int64
	var page string
	var others int
	err := tx.QueryRowContext(ctx, `
		SELECT coalesce(version, 0), coalesce(autosave_page, ''),
			(SELECT coalesce(sum(octet_length(content)), 0) FROM sections WHERE draft = $1 AND section <> $2)
		FROM drafts LEFT JOIN sections ON draft = key AND section = $2
		WHERE key = $1`,
		key, save.Section,
	).Scan(&version, &page, &others)
	switch absent := errors.Is(err, sql.ErrNoRows); {
	case err != nil && !absent:
		return err
	case absent && !save.Begin:
		return ErrNotFound
	case save.Base != AnyVersion && save.Base != version && (page == "" || page != save.Page):
		return ErrConflict
	case save.MaxBytes > 0 && others+size > save.MaxBytes:
		return ErrTooLarge
	}
	return nil
}

// write saves the section and returns its version.
func write(ctx context.Context, tx *sql.Tx, key string, save Save, content []byte) (version int64, err error) {
	err = tx.QueryRowContext(ctx, `
		INSERT INTO drafts (key, saved, saves)
		VALUES ($1, $2, 1)
		ON CONFLICT (key) DO UPDATE SET saved = excluded.saved, saves = saves + 1
		RETURNING saves`,
		key, save.At.UnixMilli(),
	).Scan(&version)
	if err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO sections (draft, section, content, version, autosave_page)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (draft, section) DO UPDATE
		SET content = excluded.content, version = excluded.version, autosave_page = excluded.autosave_page`,
		key, save.Section, content, version, save.autosavePage(),
	)
	return version, err
}
