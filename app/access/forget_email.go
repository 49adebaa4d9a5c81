package access

import (
	"context"
	"database/sql"
)

// ForgetEmail takes an address, in upper or lower case, out of all entries: no draft can be
// asked for with it any more, the links that were mailed to it do not lead anywhere, and no
// draft, session or code is left that has proven it. It returns how many drafts it was taken
// out of. Their answers stay as they are.
func (s *Store) ForgetEmail(ctx context.Context, email string) (drafts int, err error) {
	digest := mailboxDigest(s.ring, email)
	err = s.db.Tx(ctx, "forget email", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `
			UPDATE draft_access SET
				answered_email = iif(answered_digest = $1, '', answered_email), answered_digest = iif(answered_digest = $1, '', answered_digest),
				contact_email = iif(contact_digest = $1, '', contact_email), contact_digest = iif(contact_digest = $1, '', contact_digest),
				proven = iif(proven = $1, '', proven)
			WHERE answered_digest <> '' AND answered_digest = $1 OR contact_digest <> '' AND contact_digest = $1 OR proven <> '' AND proven = $1`, digest)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		drafts = int(n)
		return forgetProven(ctx, tx, digest)
	})
	return drafts, err
}

// forgetProven removes the links to a mailbox, and forgets which sessions and codes have
// proven it.
func forgetProven(ctx context.Context, tx *sql.Tx, digest string) error {
	for _, statement := range []string{
		`DELETE FROM grants WHERE recipient_digest <> '' AND recipient_digest = $1`,
		`UPDATE grants SET proven = '' WHERE proven <> '' AND proven = $1`,
		`UPDATE sessions SET proven = '' WHERE proven <> '' AND proven = $1`,
	} {
		if _, err := tx.ExecContext(ctx, statement, digest); err != nil {
			return err
		}
	}
	return nil
}
