package access

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Redeem uses the grant with the given digest to give its draft to a session, and
// reports whether it did: the grant must be unused and not expired, and a link must have
// been mailed to an address of the draft. Of any number of calls at the same time, with
// different submissions, one does.
//
// A submission names one display of the page with the button. The same submission can
// use the grant again until it expires: when the applicant clicks twice, either
// answer lets the browser in.
//
// A link proves that the browser reads the mailbox, and the draft belongs to that
// mailbox from then on. So every other session of the draft that has not proven it is
// closed, whatever led others to the draft ends, and letters about the draft go to no
// other address. Closed reports whether Redeem has closed a session, now or just before.
func (s *Store) Redeem(ctx context.Context, digest, submission, session string, now time.Time) (ok, closed bool, err error) {
	err = s.db.Tx(ctx, "redeem", func(tx *sql.Tx) error {
		kind, draft, mailbox, err := useGrant(ctx, tx, digest, submission, now)
		if err != nil {
			return err
		}
		if err := attachSession(ctx, tx, draft, session, mailbox); err != nil || kind != ByLink {
			return err
		}
		closed, err = closeOthers(ctx, tx, draft, mailbox, now)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return false, false, nil
	}
	return err == nil, err == nil && closed, err
}

// useGrant notes that a submission uses a grant, and returns its kind, its draft, and the
// mailbox that it proves, as a digest.
func useGrant(ctx context.Context, tx *sql.Tx, digest, submission string, now time.Time) (kind Kind, draft, mailbox string, err error) {
	var recipient string
	err = tx.QueryRowContext(ctx, `
		UPDATE grants SET used_by = $1
		WHERE $1 <> '' AND digest = $2 AND used_by IN ('', $1) AND expires_at > $3
		RETURNING kind, draft, recipient_digest, proven`,
		submission, digest, now.Unix()).Scan(&kind, &draft, &recipient, &mailbox)
	if kind == ByLink {
		mailbox = recipient
	}
	return kind, draft, mailbox, err
}
