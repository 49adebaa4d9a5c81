package access

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Redeem uses the grant with the given digest to give its draft to a session, and
// reports whether it did: the grant must be unused and not expired. Of any number of
// calls at the same time, with different submissions, one does.
//
// A submission names one display of the page with the button. The same submission can
// use the grant again until it expires: when the applicant clicks twice, either
// answer lets the browser in.
func (s *Store) Redeem(ctx context.Context, digest, submission, session string, now time.Time) (ok bool, err error) {
	err = s.db.Tx(ctx, "redeem", func(tx *sql.Tx) error {
		var draft string
		err := tx.QueryRowContext(ctx, `
			UPDATE grants SET used_by = $1
			WHERE $1 <> '' AND digest = $2 AND used_by IN ('', $1) AND expires_at > $3
			RETURNING draft`,
			submission, digest, now.Unix()).Scan(&draft)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		ok = true
		return attachSession(ctx, tx, draft, session)
	})
	return ok && err == nil, err
}
