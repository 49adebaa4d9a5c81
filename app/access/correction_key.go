package access

import (
	"context"
	"database/sql"
	"errors"

	"joinery/app/seal"
)

// CorrectionKey returns the key that seals the answers of a draft, to, which corrects what
// was submitted from another, or ErrNotFound when neither draft is known. The key is the
// same at each call, before the sessions of from are moved and after: two presses of a
// button save answers that both open.
func (s *Store) CorrectionKey(ctx context.Context, from, to string) (seal.Key, error) {
	_, sealed := s.ring.NewKey(aboutKey(to))
	err := s.db.Tx(ctx, "correction key", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT sealed_key FROM draft_access WHERE draft = $1 AND sealed_key <> ''`, to).Scan(&sealed)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return tx.QueryRowContext(ctx, `
			UPDATE draft_access SET correction_key = CASE WHEN correction_key = '' THEN $1 ELSE correction_key END
			WHERE draft = $2 RETURNING correction_key`, sealed, from).Scan(&sealed)
	})
	if err != nil {
		return seal.Key{}, err
	}
	key, err := openKey(ctx, s.ring, to, sealed)
	return key, s.db.Wrap("correction key", err)
}

// movedEntry returns what the entry of a draft begins with to which the sessions of
// another are moved.
func movedEntry(ctx context.Context, tx *sql.Tx, from string) (e entry, err error) {
	err = tx.QueryRowContext(ctx, `SELECT proven, correction_key, may_be_clear FROM draft_access WHERE draft = $1`, from).Scan(&e.proven, &e.key, &e.clear)
	if errors.Is(err, sql.ErrNoRows) {
		return entry{}, nil
	}
	return e, err
}
