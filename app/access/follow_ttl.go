package access

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// FollowTTL notes for how long a draft is kept after its last save. When that is shorter than
// at the last call, each draft ends so much sooner: nothing is kept for the former time, and
// a draft that has ended by itself does not seem lost. When it is longer, the drafts end as
// noted, since Redis forgets them then; their next saves make it longer. Call it at the
// start, before the store is used.
func (s *Store) FollowTTL(ctx context.Context, ttl time.Duration) error {
	return s.db.Tx(ctx, "follow TTL", func(tx *sql.Tx) error {
		now, before := int64(ttl/time.Second), int64(0)
		err := tx.QueryRowContext(ctx, `SELECT seconds FROM draft_ttl`).Scan(&before)
		switch {
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return err
		case before == now:
			return nil
		case before > now:
			if _, err := tx.ExecContext(ctx, `UPDATE draft_access SET expires_at = expires_at - $1 WHERE sealed_key <> ''`, before-now); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO draft_ttl (id, seconds) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET seconds = excluded.seconds`, now)
		return err
	})
}
