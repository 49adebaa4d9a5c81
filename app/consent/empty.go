package consent

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/db"
)

// emptied is what is left of a record when its time is over.
var emptied = Record{Consent: Consent{At: time.Unix(0, 0).UTC()}}

// Empty notes which members have left by now, empties the rows of those that left the time
// keep ago, and removes the copies in the journal. Call it every hour.
func (s *Store) Empty(ctx context.Context, keep time.Duration, now time.Time) error {
	var any bool
	err := s.db.Tx(ctx, "empty", func(tx *sql.Tx) (err error) {
		any, err = empty(ctx, tx, now.Add(-keep), now)
		return err
	})
	if err != nil || !any {
		return err
	}
	return s.db.Wrap("empty", s.db.TruncateJournal(ctx))
}

func empty(ctx context.Context, tx *sql.Tx, leftBefore, now time.Time) (any bool, err error) {
	_, err = tx.ExecContext(ctx, `UPDATE former_members SET left_at = $1 WHERE left_at = 0`, now.Unix())
	if err != nil {
		return false, err
	}
	any, err = db.Changed(tx.ExecContext(ctx, `
		UPDATE consents SET member = '', address = '', key = '', version = '', purpose = '', wording = '', lang = '', given = 0, at = 0, how = '', salt = ''
		WHERE member IN (SELECT member FROM former_members WHERE left_at <= $1)`, leftBefore.Unix()))
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM former_members WHERE left_at <= $1`, leftBefore.Unix())
	return any, err
}
