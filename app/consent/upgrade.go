package consent

import (
	"context"
	"database/sql"
)

// chainedAtOnce is how many rows of an earlier version are chained in one transaction.
const chainedAtOnce = 1000

// Upgrade chains the rows of an earlier version, with the digests of the addresses that
// their members have. Call it at the start, before anything is appended. It may be
// interrupted, and does nothing when there is nothing to do.
func (s *Store) Upgrade(ctx context.Context) error {
	for n := -1; n != 0; {
		err := s.db.Tx(ctx, "upgrade", func(tx *sql.Tx) (err error) {
			n, err = s.chainSome(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// chainSome chains the oldest rows that are not chained, and returns how many.
func (s *Store) chainSome(ctx context.Context, tx *sql.Tx) (int, error) {
	all, err := s.unchained(ctx, tx)
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
func (s *Store) unchained(ctx context.Context, tx *sql.Tx) (all []row, err error) {
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
		r.address = AddressDigest(s.ring, r.Email)
		all = append(all, r)
	}
	return all, rows.Err()
}
