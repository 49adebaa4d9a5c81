package access

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"joinery/app/db"
	"joinery/app/token"
)

// mailboxDigest returns what is kept of a mailbox that was proven.
func mailboxDigest(email string) string { return token.Digest(strings.ToLower(email)) }

// justClosed is how long after it was closed a session counts as closed just now: a
// button that is pressed twice is told the same twice.
const justClosed = time.Minute

// closeOthers makes a draft that of the mailbox to which the link g was mailed, and
// ends what leads other readers to it. It reports whether it has closed a session just
// now, and returns [sql.ErrNoRows] if the draft does not have that address any more.
func closeOthers(ctx context.Context, tx *sql.Tx, g Grant, proven string, now time.Time) (closed bool, err error) {
	if err := setOwner(ctx, tx, g, proven); err != nil {
		return false, err
	}
	if err := endGrants(ctx, tx, g, proven, now); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE sessions SET closed_at = $1 WHERE draft = $2 AND proven <> $3 AND closed_at = 0`, now.Unix(), g.Draft, proven)
	if err != nil {
		return false, err
	}
	err = tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM sessions WHERE draft = $1 AND closed_at >= $2`,
		g.Draft, max(1, now.Add(-justClosed).Unix())).Scan(&closed)
	return closed, err
}

// Prove notes that an open session of a draft has proven the mailbox of a link to it,
// which must be unused and not expired, and stays so. The rest is as with
// [Store.Redeem]: closed reports whether others were closed.
func (s *Store) Prove(ctx context.Context, digest, session string, now time.Time) (closed bool, err error) {
	err = s.db.Tx(ctx, "prove", func(tx *sql.Tx) error {
		var g Grant
		err := tx.QueryRowContext(ctx, `SELECT draft, recipient FROM grants WHERE digest = $1 AND kind = $2 AND used_by = '' AND expires_at > $3`,
			digest, ByLink, now.Unix()).Scan(&g.Draft, &g.Recipient)
		if err != nil {
			return err
		}
		proven := mailboxDigest(g.Recipient)
		err = db.MustChange(tx.ExecContext(ctx, `UPDATE sessions SET proven = $1 WHERE digest = $2 AND draft = $3 AND closed_at = 0`, proven, session, g.Draft))
		if err != nil {
			return err
		}
		closed, err = closeOthers(ctx, tx, g, proven, now)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil && closed, err
}

// setOwner notes the mailbox that was proven for a draft, and forgets its other
// addresses: a stranger may have given them. The applicant can give others.
func setOwner(ctx context.Context, tx *sql.Tx, g Grant, proven string) error {
	return db.MustChange(tx.ExecContext(ctx, `
		UPDATE draft_access SET
			proven = $1,
			answered_email = CASE WHEN lower(answered_email) = lower($2) THEN answered_email ELSE '' END,
			contact_email = CASE WHEN lower(contact_email) = lower($2) THEN contact_email ELSE '' END
		WHERE draft = $3 AND $2 <> '' AND (proven = $1 OR lower(answered_email) = lower($2) OR lower(contact_email) = lower($2))`,
		proven, g.Recipient, g.Draft))
}

// endGrants ends the links that were mailed elsewhere, and removes the code of a browser
// that has not proven the mailbox.
func endGrants(ctx context.Context, tx *sql.Tx, g Grant, proven string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE grants SET expires_at = $1
		WHERE draft = $2 AND kind = $3 AND lower(recipient) <> lower($4) AND expires_at > $1`,
		now.Unix(), g.Draft, ByLink, g.Recipient)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM grants WHERE draft = $1 AND kind = $2 AND proven <> $3`, g.Draft, ByHandoff, proven)
	return err
}

// provenMailbox returns the mailbox that was proven for a draft, as a digest, or "".
func provenMailbox(ctx context.Context, tx *sql.Tx, draft string) (proven string, err error) {
	err = tx.QueryRowContext(ctx, `SELECT proven FROM draft_access WHERE draft = $1`, draft).Scan(&proven)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return proven, err
}
