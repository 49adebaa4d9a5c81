package member

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/mail"
)

const changeBySelector = `SELECT ` + changeColumns + ` FROM address_changes c JOIN members m ON m.id = c.member WHERE c.selector = $1`

// AddressChangeBySelector returns the change that the link with the given selector leads
// to, or ErrNotFound. The caller must compare the verifier.
func (s *Store) AddressChangeBySelector(ctx context.Context, selector string) (c AddressChange, err error) {
	err = s.db.Read().QueryRowContext(ctx, changeBySelector, selector).Scan(c.into(ctx, s.ring)...)
	return c, s.db.Wrap("address change by selector", err)
}

// CountAddressAttempt counts one more attempt to type the code that confirms a new
// address, and returns the change as it stands then. Attempts at the same time are all
// counted, up to one more than most.
func (s *Store) CountAddressAttempt(ctx context.Context, selector string, most int) (c AddressChange, err error) {
	err = s.db.Tx(ctx, "count address attempt", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE address_changes SET attempts = attempts + 1 WHERE attempts <= $1 AND selector = $2`, most, selector)
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, changeBySelector, selector).Scan(c.into(ctx, s.ring)...)
	})
	return c, err
}

// ConfirmAddressChange gives a member the new address of a change that is open at the given
// time, and puts it into the answer to the question with the given key. Letters about the
// member that wait go there, and told goes to the address from before. Another person may
// read that one, where links are that put former answers back: these are removed. Of any
// number of calls, one does something. Consents stay as they are.
//
// ConfirmAddressChange returns ErrNotFound when there is no such change, and ErrCrowded.
func (s *Store) ConfirmAddressChange(ctx context.Context, selector, question string, told mail.Order, now time.Time) error {
	err := s.db.Tx(ctx, "confirm address change", func(tx *sql.Tx) error {
		var c AddressChange
		err := tx.QueryRowContext(ctx, changeBySelector, selector).Scan(c.into(ctx, s.ring)...)
		if err != nil || c.State != ChangeOpen || !now.Before(c.EndsAt) {
			return err
		}
		if err := changeEmail(ctx, tx, c.Member, c.To, question, now); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE address_changes SET state = $1, done_at = $2, `+changeWiped+` WHERE selector = $3`, ChangeDone, now.Unix(), selector)
		if err != nil {
			return err
		}
		if err := clearFormerOf(ctx, tx, c.Member); err != nil {
			return err
		}
		if err := s.redirectLetters(ctx, tx, c); err != nil {
			return err
		}
		told.To, told.Topic = c.From, selector
		return mail.Enqueue(ctx, tx, s.ring, told)
	})
	if err != nil {
		return err
	}
	return s.db.Wrap("confirm address change", s.db.TruncateJournal(ctx)) // it has the address from before
}

// redirectLetters has the letters about a member that wait go to the new address.
func (s *Store) redirectLetters(ctx context.Context, tx *sql.Tx, c AddressChange) error {
	topics, err := applicationsOf(ctx, tx, c.Member)
	for _, topic := range topics {
		if err := mail.Redirect(ctx, tx, s.ring, topic, c.To); err != nil {
			return err
		}
	}
	return err
}

// keepChange is how long it stays known of a change that there was one, so that the link in
// the letter can still say what became of it.
const keepChange = 365 * 24 * time.Hour

// ClearAddressChanges removes the new address of changes that have ended, and a year later
// all that is known of them.
func (s *Store) ClearAddressChanges(ctx context.Context, now time.Time) error {
	var cleared bool
	err := s.db.Tx(ctx, "clear address changes", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE address_changes SET `+changeWiped+` WHERE ends_at <= $1 AND code_hash <> ''`, now.Unix())
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		cleared = n > 0
		_, err = tx.ExecContext(ctx, `DELETE FROM address_changes WHERE ends_at <= $1`, now.Add(-keepChange).Unix())
		return err
	})
	if err != nil || !cleared {
		return err
	}
	return s.db.Wrap("clear address changes", s.db.TruncateJournal(ctx))
}

// OpenAddressChanges returns the open changes of the members with an address, in upper or
// lower case, and those of others to it, the oldest first. It leaves out a change that does
// not open.
func (s *Store) OpenAddressChanges(ctx context.Context, address string) (all []AddressChange, err error) {
	rows, err := s.db.Read().QueryContext(ctx, `
		SELECT `+changeColumns+` FROM address_changes c JOIN members m ON m.id = c.member
		WHERE c.state = 'open' AND c.address <> '' AND (lower(m.email) = lower($1) OR c.address_digest = $2) ORDER BY c.id`, address, s.changeDigest(address))
	if err != nil {
		return nil, s.db.Wrap("open address changes", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c AddressChange
		switch err := rows.Scan(c.into(ctx, s.ring)...); {
		case err == nil:
			all = append(all, c)
		case ignoreDamaged(err) != nil:
			return nil, s.db.Wrap("open address changes", err)
		}
	}
	return all, s.db.Wrap("open address changes", rows.Err())
}
