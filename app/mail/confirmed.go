package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Confirmed notes, within tx, that the mailbox of a letter has wanted it: from then on the
// letter does not count for the network that asked for it. In its place the first letter
// that waits for the turn of that network goes out as soon as the other budgets allow.
func (b *Limits) Confirmed(ctx context.Context, tx *sql.Tx, id string, now time.Time) error {
	var network string
	err := tx.QueryRowContext(ctx, `SELECT network FROM mails WHERE id = $1 AND network <> ''`, id).Scan(&network)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("mail: confirmed: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE mails SET network = '' WHERE id = $1`, id); err != nil {
		return fmt.Errorf("mail: confirmed: %w", err)
	}
	return b.bringForward(ctx, tx, network, now)
}

// maxBroughtForward is how many letters of a network are looked at in search of one that
// the other budgets let go out sooner.
const maxBroughtForward = 20

// bringForward plans the next letter of a network anew that can go out sooner.
func (b *Limits) bringForward(ctx context.Context, tx *sql.Tx, network string, now time.Time) error {
	waiting, err := waitingOf(ctx, tx, network, now)
	if err != nil {
		return err
	}
	for _, o := range waiting {
		if sooner, err := b.planSooner(ctx, tx, o, now); err != nil || sooner {
			return err
		}
	}
	return nil
}

// waitingOf returns the first letters that wait for the turn of a network, each due at
// that time.
func waitingOf(ctx context.Context, tx *sql.Tx, network string, now time.Time) (waiting []Order, err error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT id, kind, mailbox_key, address_key, planned FROM mails
		WHERE network = $1 AND planned > $2 AND `+untried+` ORDER BY planned LIMIT $3`,
		network, now.Unix(), maxBroughtForward)
	if err != nil {
		return nil, fmt.Errorf("mail: next of a network: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		o, planned := Order{Network: network}, int64(0)
		if err := rows.Scan(&o.ID, &o.Kind, &o.keys.mailbox, &o.keys.address, &planned); err != nil {
			return nil, fmt.Errorf("mail: next of a network: %w", err)
		}
		o.Due = time.Unix(planned, 0)
		waiting = append(waiting, o)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("mail: next of a network: %w", err)
	}
	return waiting, nil
}

// planSooner plans a letter that waits as soon as there is room, and reports whether that
// is sooner than before.
func (b *Limits) planSooner(ctx context.Context, tx *sql.Tx, o Order, now time.Time) (sooner bool, err error) {
	planned := o.Due
	o.Due = now
	if err := plan(ctx, tx, o.ID, 0); err != nil { // it does not stand in its own way
		return false, err
	}
	due, err := b.roomFor(ctx, tx, o)
	if errors.Is(err, ErrFull) || err == nil && due.After(planned) {
		due, err = planned, nil
	}
	if err != nil {
		return false, err
	}
	return due.Before(planned), plan(ctx, tx, o.ID, due.Unix())
}

// plan sets the time of the first attempt of a letter.
func plan(ctx context.Context, tx *sql.Tx, id string, at int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE mails SET planned = $1, due = $1 WHERE id = $2`, at, id); err != nil {
		return fmt.Errorf("mail: plan: %w", err)
	}
	return nil
}
