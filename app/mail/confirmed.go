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

// bringForward plans the next letter of a network anew.
func (b *Limits) bringForward(ctx context.Context, tx *sql.Tx, network string, now time.Time) error {
	o, planned := Order{Network: network, Due: now}, int64(0)
	err := tx.QueryRowContext(ctx, `
		SELECT id, kind, recipient, planned FROM mails
		WHERE network = $1 AND planned > $2 AND `+untried+` ORDER BY planned LIMIT 1`,
		network, now.Unix()).Scan(&o.ID, &o.Kind, &o.To, &planned)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("mail: next of a network: %w", err)
	}
	if err := plan(ctx, tx, o.ID, 0); err != nil { // it does not stand in its own way
		return err
	}
	due, err := b.Room(ctx, tx, o)
	if errors.Is(err, ErrFull) || err == nil && due.Unix() > planned {
		due, err = time.Unix(planned, 0), nil
	}
	if err != nil {
		return err
	}
	return plan(ctx, tx, o.ID, due.Unix())
}

// plan sets the time of the first attempt of a letter.
func plan(ctx context.Context, tx *sql.Tx, id string, at int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE mails SET planned = $1, due = $1 WHERE id = $2`, at, id); err != nil {
		return fmt.Errorf("mail: plan: %w", err)
	}
	return nil
}
