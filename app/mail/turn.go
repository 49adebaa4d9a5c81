package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"joinery/app/db"
	"joinery/app/seal"
)

// Enqueue queues o within tx for when there is room, see Room, and returns that time. It
// queues nothing, and returns ErrFull, when too many letters wait.
func (b *Limits) Enqueue(ctx context.Context, tx *sql.Tx, ring *seal.Ring, o Order) (due time.Time, err error) {
	if o.Due, err = b.Room(ctx, tx, ring, o); err != nil {
		return o.Due, err
	}
	return o.Due, Enqueue(ctx, tx, ring, o)
}

// untried is the condition on letters that still wait for their turn.
const untried = `state = 'waiting' AND attempts = 0`

// Turn returns when the letter about a topic goes out that was not tried yet, or the zero
// time if there is none. Of several it is the last.
func Turn(ctx context.Context, d *db.DB, topic string) (time.Time, error) {
	return turn(ctx, d, `topic = $1 AND topic <> ''`, topic)
}

// TurnOf does what Turn does for the letters of one kind to an address.
func TurnOf(ctx context.Context, d *db.DB, ring *seal.Ring, kind Kind, to string) (time.Time, error) {
	keys := keysOf(ring, to)
	return turn(ctx, d, `mailbox_key = $1 AND kind = $2 AND address_key = $3`, keys.mailbox, kind, keys.address)
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
