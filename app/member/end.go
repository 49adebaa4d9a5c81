package member

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/access"
	"joinery/app/mail"
)

// Withdraw ends a waiting application and removes its personal data. An application
// that has ended stays as it is.
func (s *Store) Withdraw(ctx context.Context, application string, now time.Time) error {
	return s.db.Tx(ctx, "withdraw", func(tx *sql.Tx) error {
		_, err := closeApplication(ctx, tx, application, Withdrawn, now)
		return err
	})
}

// closeApplication ends an application if it waits, and reports whether it did. It
// removes the personal data of the application and the choices on its links,
// cancels its letters, and discards a correction that no session leads to.
func closeApplication(ctx context.Context, tx *sql.Tx, application string, state State, now time.Time) (done bool, err error) {
	var correction string
	err = tx.QueryRowContext(ctx, `
		UPDATE applications SET state = $1, ended_at = $2, held = '', email_digest = '', content = ''
		WHERE id = $3 AND state = $4 RETURNING correction`,
		state, now.Unix(), application, Waiting).Scan(&correction)
	if err != nil {
		return false, ignoreNone(err)
	}
	if err := access.DiscardUnattached(ctx, tx, correction); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE links SET letter = '', code_hash = '', pending_choice = '', chosen_at = 0 WHERE application = $1`, application)
	if err != nil {
		return false, err
	}
	return true, mail.Cancel(ctx, tx, application, now)
}

// keepEnded is how long an ended application stays known, so that a link in an old
// letter can still say what became of it.
const keepEnded = 365 * 24 * time.Hour

// Expire ends the waiting applications that were sent before sentBefore, and removes the
// applications that ended over a year before now.
func (s *Store) Expire(ctx context.Context, sentBefore, now time.Time) error {
	err := s.db.Tx(ctx, "expire", func(tx *sql.Tx) error {
		late, err := sentEarlier(ctx, tx, sentBefore)
		if err != nil {
			return err
		}
		for _, application := range late {
			if _, err := closeApplication(ctx, tx, application, Expired, now); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM applications WHERE state <> $1 AND ended_at < $2`, Waiting, now.Add(-keepEnded).Unix())
		return err
	})
	if err != nil {
		return err
	}
	return s.db.Wrap("expire", s.db.TruncateJournal(ctx))
}

// sentEarlier returns the waiting applications that were sent before a time.
func sentEarlier(ctx context.Context, tx *sql.Tx, before time.Time) (all []string, err error) {
	return ids(ctx, tx, `SELECT id FROM applications WHERE state = $1 AND sent_at < $2`, Waiting, before.Unix())
}
