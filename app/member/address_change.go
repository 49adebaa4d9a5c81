package member

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/seal"
)

// A ChangeState is what became of a change of address.
type ChangeState string

// The states. All but ChangeOpen are final: the new address is not kept with the change. A
// change of which the time is over stays open, and loses the address within an hour.
const (
	ChangeOpen       ChangeState = "open"       // the reader of the new address can confirm it
	ChangeDone       ChangeState = "done"       // the member has the new address
	ChangeSuperseded ChangeState = "superseded" // a newer change is in its place
	ChangeWithdrawn  ChangeState = "withdrawn"  // the reader of the new address had all removed that is held of them
)

// An AddressChange is another address that a member is to have once its reader confirms it.
type AddressChange struct {
	CodedLink
	Member   string
	Lang     i18n.Lang // of the member
	Form     string    // the version of the form that the member has answered
	From     string    // the address that the member has now
	To       string    // the new address, canonical; only while the change is open
	State    ChangeState
	AskedAt  time.Time
	EndsAt   time.Time
	DoneAt   time.Time // Unix time 0: it was not done
	Current  bool      // it is done, and the member has its address, which is From by then
	Attempts int       // how often a code was typed
}

// AskAddressChange keeps an open change in the place of any that the member has, whose
// letter is not sent any more, and queues the letter that asks for confirmation. It returns
// when that goes out. The topics of letters about a change are its selector.
//
// AskAddressChange returns ErrNotFound when the member does not have the address From,
// ErrCrowded, and [mail.ErrFull] when too many letters wait.
func (s *Store) AskAddressChange(ctx context.Context, c AddressChange, letter mail.Order, within *mail.Limits) (due time.Time, err error) {
	err = s.db.Tx(ctx, "ask address change", func(tx *sql.Tx) (err error) {
		if err := tx.QueryRowContext(ctx, `SELECT id FROM members WHERE id = $1 AND lower(email) = lower($2)`, c.Member, c.From).Scan(&c.Member); err != nil {
			return err
		}
		if err := checkRoom(ctx, tx, c.Member, c.To); err != nil {
			return err
		}
		if _, err := endAddressChanges(ctx, tx, ChangeSuperseded, c.AskedAt, `member = $1`, c.Member); err != nil {
			return err
		}
		if err := s.insertAddressChange(ctx, tx, c); err != nil {
			return err
		}
		letter.Topic = c.Selector
		due, err = within.Enqueue(ctx, tx, s.ring, letter)
		return err
	})
	return due, err
}

func (s *Store) insertAddressChange(ctx context.Context, tx *sql.Tx, c AddressChange) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO address_changes (member, selector, verifier_hash, code_hash, address, address_digest, asked_at, ends_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.Member, c.Selector, c.VerifierHash, c.CodeHash, s.ring.Seal(changeSealName(c.Selector), c.To), s.changeDigest(c.To), c.AskedAt.Unix(), c.EndsAt.Unix())
	return err
}

// changeSealName names the change to which a sealed address belongs.
func changeSealName(selector string) string { return "address change " + selector }

// changeDigest returns the digest by which changes to an address are found, in upper or
// lower case.
func (s *Store) changeDigest(address string) string {
	return s.ring.Digest("address change", strings.ToLower(address))
}

// endAddressChanges ends the open changes that a condition finds, and returns how many:
// their addresses go, and letters about them are not sent any more.
func endAddressChanges(ctx context.Context, tx *sql.Tx, as ChangeState, now time.Time, where string, arg any) (int, error) {
	open, err := ids(ctx, tx, `SELECT selector FROM address_changes WHERE state = 'open' AND `+where, arg)
	if err != nil {
		return 0, err
	}
	for _, selector := range open {
		_, err := tx.ExecContext(ctx, `UPDATE address_changes SET state = $1, `+changeWiped+` WHERE selector = $2`, as, selector)
		if err != nil {
			return 0, err
		}
		if err := mail.Cancel(ctx, tx, selector, now); err != nil {
			return 0, err
		}
	}
	return len(open), nil
}

// changeWiped is what a change loses that is not open any more.
const changeWiped = `code_hash = '', address = '', address_digest = ''`

// removeAddressChanges removes the changes of a member, of which letters do not go out any
// more, and returns how many were open.
func removeAddressChanges(ctx context.Context, tx *sql.Tx, member string, now time.Time) (int, error) {
	open, err := endAddressChanges(ctx, tx, ChangeWithdrawn, now, `member = $1`, member)
	if err != nil {
		return 0, err
	}
	done, err := ids(ctx, tx, `DELETE FROM address_changes WHERE member = $1 RETURNING selector`, member)
	for _, selector := range done {
		if err := mail.Cancel(ctx, tx, selector, now); err != nil {
			return 0, err
		}
	}
	return open, err
}

// withdrawAddressChanges withdraws the open changes to an address, and returns how many.
func (s *Store) withdrawAddressChanges(ctx context.Context, tx *sql.Tx, address string, now time.Time) (int, error) {
	return endAddressChanges(ctx, tx, ChangeWithdrawn, now, `address_digest = $1`, s.changeDigest(address))
}

const changeColumns = `c.selector, c.verifier_hash, c.code_hash, c.member, m.lang, m.form, m.email, c.address, c.state,
	c.asked_at, c.ends_at, c.done_at, c.attempts, c.id = (SELECT max(n.id) FROM address_changes n WHERE n.member = c.member AND n.state = 'done') IS TRUE`

// into returns the destinations of changeColumns.
func (c *AddressChange) into(ctx context.Context, ring *seal.Ring) []any {
	return []any{
		&c.Selector, &c.VerifierHash, &c.CodeHash, &c.Member, &c.Lang, &c.Form, &c.From, asSealedAddress{ctx, ring, c}, &c.State,
		asTime{&c.AskedAt}, asTime{&c.EndsAt}, asTime{&c.DoneAt}, &c.Attempts, &c.Current,
	}
}

// asSealedAddress reads the new address of the change in it, whose selector is read before.
type asSealedAddress struct {
	ctx  context.Context
	ring *seal.Ring
	into *AddressChange
}

func (s asSealedAddress) Scan(text any) (err error) {
	if text.(string) != "" {
		s.into.To, err = s.ring.Open(s.ctx, changeSealName(s.into.Selector), text.(string))
	}
	return err
}
