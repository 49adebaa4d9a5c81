package consent

import (
	"context"
	"database/sql"

	"joinery/app/seal"
)

// chainedAtOnce is how many rows of an earlier version are chained in one transaction.
const chainedAtOnce = 1000

// Upgrade chains the rows of an earlier version, with the digests of the addresses that
// their members have. Call it at the start. It may be interrupted, and does nothing when
// there is nothing to do.
func (s *Store) Upgrade(ctx context.Context) error {
	for n := -1; n != 0; {
		err := s.db.Tx(ctx, "upgrade", func(tx *sql.Tx) (err error) {
			n, err = chainSome(ctx, tx, s.ring)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// chainSome chains the oldest rows that are not chained, and returns how many.
func chainSome(ctx context.Context, tx *sql.Tx, ring *seal.Ring) (int, error) {
	all, err := unchained(ctx, tx, ring)
	if err != nil {
		return 0, err
	}
	head, err := headOf(ctx, tx)
	if err != nil {
		return 0, err
	}
	update, err := tx.PrepareContext(ctx, `UPDATE consents SET address = $1, salt = $2, content_hash = $3, hash = $4 WHERE id = $5`)
	if err != nil {
		return 0, err
	}
	defer update.Close()
	for _, r := range all {
		head = r.chain(head.Hash)
		if _, err := update.ExecContext(ctx, r.address, r.salt, r.contentHash, r.hash, r.Row); err != nil {
			return 0, err
		}
	}
	return len(all), nil
}

// unchained returns the oldest rows that are not chained, each with the digest of the
// address of its member.
func unchained(ctx context.Context, tx *sql.Tx, ring *seal.Ring) (all []row, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+columns+` FROM consents c WHERE c.hash = '' ORDER BY c.id LIMIT $1`, chainedAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		r.address = addressDigest(ring, r.Email)
		all = append(all, r)
	}
	return all, rows.Err()
}
