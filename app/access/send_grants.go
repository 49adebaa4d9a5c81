package access

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"joinery/app/mail"
	"joinery/app/seal"
	"joinery/app/token"
)

// SendGrants queues a letter and adds the links that it carries, one for each secret.
// Beyond a budget the letter waits for its turn; a letter to the same address that waits
// already takes the links. A draft to which a letter that waits has a link gets no other:
// a stranger who asks again and again must not push out the links that its owner has.
// A draft that is not known, because it has just ended, gets none. SendGrants does nothing,
// and returns [mail.ErrFull] when too many letters wait, and ErrNotFound when no draft of a
// link is known.
func (s *Store) SendGrants(ctx context.Context, grants []Grant, letter mail.Order, within *mail.Limits) error {
	return s.db.Tx(ctx, "send grants", func(tx *sql.Tx) error {
		carried, err := enqueue(ctx, tx, s.ring, grants, letter, within)
		if err != nil || len(carried) == 0 {
			return err
		}
		gone := 0
		for _, g := range carried {
			err := s.addLink(ctx, tx, g)
			if errors.Is(err, sql.ErrNoRows) {
				gone++
			} else if err != nil {
				return err
			}
		}
		if gone == len(carried) {
			return ErrNotFound
		}
		return nil
	})
}

// enqueue returns those of the grants that a letter will carry.
func enqueue(ctx context.Context, tx *sql.Tx, ring *seal.Ring, grants []Grant, letter mail.Order, within *mail.Limits) ([]Grant, error) {
	due, full := within.Room(ctx, tx, ring, letter)
	if full != nil && !errors.Is(full, mail.ErrFull) {
		return nil, full
	}
	if full != nil || due.After(letter.Due) {
		var err error
		if grants, err = withoutWaiting(ctx, tx, ring, grants, &letter); err != nil || len(grants) == 0 {
			return nil, err
		}
		if at, err := mail.Join(ctx, tx, ring, letter); err != nil || !at.IsZero() {
			return grants, err
		}
	}
	if full != nil {
		return nil, full
	}
	letter.Due = due
	return grants, mail.Enqueue(ctx, tx, ring, letter)
}

// withoutWaiting returns the grants without those to drafts to which letters to the same
// address lead that wait, and takes their secrets out of the letter.
func withoutWaiting(ctx context.Context, tx *sql.Tx, ring *seal.Ring, grants []Grant, letter *mail.Order) (left []Grant, err error) {
	waiting, err := mail.WaitingSecrets(ctx, tx, ring, *letter)
	if err != nil {
		return nil, err
	}
	drafts := make(map[string]bool)
	for _, secret := range waiting {
		var draft string
		err := tx.QueryRowContext(ctx, `SELECT draft FROM grants WHERE digest = $1 AND used_by = ''`, token.Digest(secret)).Scan(&draft)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		drafts[draft] = true
	}
	dropped := make(map[string]bool)
	for _, g := range grants {
		if drafts[g.Draft] {
			dropped[g.Digest] = true
		} else {
			left = append(left, g)
		}
	}
	letter.Secrets = slices.DeleteFunc(slices.Clone(letter.Secrets), func(secret string) bool { return dropped[token.Digest(secret)] })
	return left, nil
}
