package access

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"joinery/app/db"
)

// justClosed is how long after it was closed a session counts as closed just now: a
// button that is pressed twice is told the same twice.
const justClosed = time.Minute

// closeOthers makes a draft that of a mailbox to which a link to it was mailed, and
// ends what leads other readers to it. It reports whether it has closed a session just
// now, and returns [sql.ErrNoRows] if the draft does not have that address any more.
func closeOthers(ctx context.Context, tx *sql.Tx, draft, mailbox string, now time.Time) (closed bool, err error) {
	if err := setOwner(ctx, tx, draft, mailbox); err != nil {
		return false, err
	}
	if err := endGrants(ctx, tx, draft, mailbox, now); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE sessions SET closed_at = $1 WHERE draft = $2 AND proven <> $3 AND closed_at = 0`, now.Unix(), draft, mailbox)
	if err != nil {
		return false, err
	}
	err = tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM sessions WHERE draft = $1 AND closed_at >= $2`,
		draft, max(1, now.Add(-justClosed).Unix())).Scan(&closed)
	return closed, err
}

// Prove notes that an open session of a draft has proven the mailbox of a link to it,
// which must be unused and not expired, and stays so. The rest is as with
// [Store.Redeem]: closed reports whether others were closed.
func (s *Store) Prove(ctx context.Context, digest, session string, now time.Time) (closed bool, err error) {
	err = s.db.Tx(ctx, "prove", func(tx *sql.Tx) error {
		var draft, mailbox string
		err := tx.QueryRowContext(ctx, `SELECT draft, recipient_digest FROM grants WHERE digest = $1 AND kind = $2 AND used_by = '' AND expires_at > $3`,
			digest, ByLink, now.Unix()).Scan(&draft, &mailbox)
		if err != nil {
			return err
		}
		err = db.MustChange(tx.ExecContext(ctx, `UPDATE sessions SET proven = $1 WHERE digest = $2 AND draft = $3 AND closed_at = 0`, mailbox, session, draft))
		if err != nil {
			return err
		}
		closed, err = closeOthers(ctx, tx, draft, mailbox, now)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil && closed, err
}

// setOwner notes the mailbox, as a digest, that was proven for a draft, and forgets its other
// addresses: a stranger may have given them. The applicant can give others.
func setOwner(ctx context.Context, tx *sql.Tx, draft, mailbox string) error {
	return db.MustChange(tx.ExecContext(ctx, `
		UPDATE draft_access SET
			proven = $1,
			answered_email = CASE WHEN answered_digest = $1 THEN answered_email ELSE '' END,
			answered_digest = CASE WHEN answered_digest = $1 THEN $1 ELSE '' END,
			contact_email = CASE WHEN contact_digest = $1 THEN contact_email ELSE '' END,
			contact_digest = CASE WHEN contact_digest = $1 THEN $1 ELSE '' END
		WHERE draft = $2 AND $1 <> '' AND $1 IN (proven, answered_digest, contact_digest)`,
		mailbox, draft))
}

// endGrants ends the links that were mailed elsewhere, and removes the code of a browser
// that has not proven the mailbox.
func endGrants(ctx context.Context, tx *sql.Tx, draft, mailbox string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE grants SET expires_at = $1
		WHERE draft = $2 AND kind = $3 AND recipient_digest <> $4 AND expires_at > $1`,
		now.Unix(), draft, ByLink, mailbox)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM grants WHERE draft = $1 AND kind = $2 AND proven <> $3`, draft, ByHandoff, mailbox)
	return err
}
