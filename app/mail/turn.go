package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"joinery/app/address"
	"joinery/app/db"
)

// Enqueue queues o within tx for when there is room, see Room, and returns that time. It
// queues nothing, and returns ErrFull, when too many letters wait.
func (b *Limits) Enqueue(ctx context.Context, tx *sql.Tx, o Order) (due time.Time, err error) {
	if o.Due, err = b.Room(ctx, tx, o); err != nil {
		return o.Due, err
	}
	return o.Due, Enqueue(ctx, tx, o)
}

// untried is the condition on letters that still wait for their turn.
const untried = `state = 'waiting' AND attempts = 0`

// maxSecrets is the size of secrets to which [Join] adds no more.
const maxSecrets = 1000

// Join adds, within tx, the secrets of o to a letter of the same kind to the same address
// that waits for its turn, and returns when that letter goes out; or the zero time if there
// is none that has fewer secrets than a letter may have links.
func Join(ctx context.Context, tx *sql.Tx, o Order) (due time.Time, err error) {
	var id, secrets string
	var planned int64
	err = tx.QueryRowContext(ctx, `
		SELECT id, secrets, planned FROM mails
		WHERE mailbox_key = $1 AND kind = $2 AND lower(recipient) = lower($3) AND planned > $4 AND length(secrets) <= $5 AND `+untried+`
		ORDER BY planned LIMIT 1`,
		address.MailboxKey(o.To), o.Kind, o.To, o.Due.Unix(), maxSecrets).Scan(&id, &secrets, &planned)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("mail: join: %w", err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE mails SET topic = '', secrets = $1 WHERE id = $2`, secrets+" "+strings.Join(o.Secrets, " "), id)
	return time.Unix(planned, 0), err
}

// WaitingSecrets returns, within tx, the secrets of the letters of the kind of o to the same
// address that wait for their turn.
func WaitingSecrets(ctx context.Context, tx *sql.Tx, o Order) (secrets []string, err error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT secrets FROM mails WHERE mailbox_key = $1 AND kind = $2 AND lower(recipient) = lower($3) AND planned > $4 AND `+untried,
		address.MailboxKey(o.To), o.Kind, o.To, o.Due.Unix())
	if err != nil {
		return nil, fmt.Errorf("mail: waiting secrets: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var some string
		if err := rows.Scan(&some); err != nil {
			return nil, fmt.Errorf("mail: waiting secrets: %w", err)
		}
		secrets = append(secrets, strings.Fields(some)...)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("mail: waiting secrets: %w", err)
	}
	return secrets, nil
}

// Turn returns when the letter about a topic goes out that was not tried yet, or the zero
// time if there is none. Of several it is the last.
func Turn(ctx context.Context, d *db.DB, topic string) (time.Time, error) {
	return turn(ctx, d, `topic = $1 AND topic <> ''`, topic)
}

// TurnOf does what Turn does for the letters of one kind to an address.
func TurnOf(ctx context.Context, d *db.DB, kind Kind, to string) (time.Time, error) {
	return turn(ctx, d, `mailbox_key = $1 AND kind = $2 AND lower(recipient) = lower($3)`, address.MailboxKey(to), kind, to)
}

func turn(ctx context.Context, d *db.DB, which string, args ...any) (time.Time, error) {
	var planned int64
	err := d.Read().QueryRowContext(ctx, `SELECT planned FROM mails WHERE `+which+` AND `+untried+` ORDER BY planned DESC LIMIT 1`, args...).Scan(&planned)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("mail: turn: %w", err)
	}
	return time.Unix(planned, 0), nil
}

// Waits reports, within tx, whether a letter about a topic waits, for its turn or for
// another attempt.
func Waits(ctx context.Context, tx *sql.Tx, topic string) (waits bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM mails WHERE topic = $1 AND topic <> '' AND state = 'waiting')`, topic).Scan(&waits)
	if err != nil {
		return false, fmt.Errorf("mail: waits: %w", err)
	}
	return waits, nil
}
