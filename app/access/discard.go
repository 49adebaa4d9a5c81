package access

import (
	"context"
	"database/sql"
	"fmt"
)

// Discard removes the entry of a draft with all that leads to it, and notes that
// its answers are still to be deleted from the store of drafts. A copy stays in the
// journal until the next sweep.
func (s *Store) Discard(ctx context.Context, draft string) error {
	return s.db.Tx(ctx, "discard", func(tx *sql.Tx) error { return Discard(ctx, tx, draft) })
}

// Discard does within tx what the method does.
func Discard(ctx context.Context, tx *sql.Tx, draft string) error {
	if err := removeDraft(ctx, tx, draft); err != nil {
		return err
	}
	return discard(ctx, tx, draft)
}

// maxRefunded is how many discarded drafts may wait for the store of drafts while the
// counts of others are taken back. Further ones count like drafts that have begun: each
// leaves a row, and the store may be away for long.
const maxRefunded = 10_000

// CancelBegin undoes Begin for a draft whose first answers the store of drafts has
// refused: it does what Discard does, and the draft does not count in a budget of limits.
func (s *Store) CancelBegin(ctx context.Context, b Beginning, limits *BeginLimits) error {
	return s.db.Tx(ctx, "cancel begin", func(tx *sql.Tx) error {
		if err := removeDraft(ctx, tx, b.Draft); err != nil {
			return err
		}
		var waiting int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM discarded_drafts`).Scan(&waiting); err != nil {
			return fmt.Errorf("count discarded: %w", err)
		}
		if waiting < maxRefunded {
			if err := limits.uncount(ctx, tx, b.Network, b.At); err != nil {
				return err
			}
		}
		return discard(ctx, tx, b.Draft)
	})
}

// DiscardUnattached notes that the answers of a draft are to be deleted, unless the
// draft has an entry: then sessions lead to it.
func (s *Store) DiscardUnattached(ctx context.Context, draft string) error {
	return s.db.Tx(ctx, "discard unattached", func(tx *sql.Tx) error { return DiscardUnattached(ctx, tx, draft) })
}

// DiscardUnattached does within tx what the method does.
func DiscardUnattached(ctx context.Context, tx *sql.Tx, draft string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO discarded_drafts (draft) SELECT $1 WHERE $1 <> '' AND NOT EXISTS (SELECT 1 FROM draft_access WHERE draft = $1)
		ON CONFLICT (draft) DO NOTHING`, draft)
	return err
}

func discard(ctx context.Context, tx *sql.Tx, draft string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO discarded_drafts (draft) VALUES ($1) ON CONFLICT (draft) DO NOTHING`, draft)
	return err
}

// Discarded returns the keys of drafts whose answers are still to be deleted
// from the store of drafts, at most so many.
func (s *Store) Discarded(ctx context.Context, most int) (keys []string, err error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT draft FROM discarded_drafts ORDER BY draft LIMIT $1`, most)
	if err != nil {
		return nil, s.db.Wrap("discarded", err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, s.db.Wrap("discarded", err)
		}
		keys = append(keys, key)
	}
	return keys, s.db.Wrap("discarded", rows.Err())
}

// Cleared notes that the answers of a discarded draft are deleted.
func (s *Store) Cleared(ctx context.Context, draft string) error {
	_, err := s.db.Write().ExecContext(ctx, `DELETE FROM discarded_drafts WHERE draft = $1`, draft)
	return s.db.Wrap("cleared", err)
}
