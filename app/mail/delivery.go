package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"joinery/app/db"
)

// A State says how far the delivery of a letter has come.
type State string

// The states. Where our own mail server passes letters on, what it has accepted
// can still come back later: of that, we hear nothing.
const (
	Unknown  State = ""         // no such letter, or it is long done with
	Queued   State = "queued"   // not tried yet
	Deferred State = "deferred" // tried in vain, and will be again
	Accepted State = "accepted" // the server has taken it
	Refused  State = "refused"  // the server refused it for good, or it was tried for days
)

// A Delivery is what has become of a letter.
type Delivery struct {
	State State
	At    time.Time // when it was Accepted or Refused; of one that is Deferred, the next attempt; else zero
}

// DeliveryOf returns what has become of the letter with the given ID.
func DeliveryOf(ctx context.Context, d *db.DB, id string) (Delivery, error) {
	var kept, failure string
	var due int64
	var settled sql.NullInt64
	err := d.Read().QueryRowContext(ctx, `SELECT state, failure, due, settled FROM mails WHERE id = $1`, id).
		Scan(&kept, &failure, &due, &settled)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Delivery{}, nil
	case err != nil:
		return Delivery{}, fmt.Errorf("mail: delivery: %w", err)
	case state(kept) == delivered:
		return Delivery{Accepted, time.Unix(settled.Int64, 0)}, nil
	case state(kept) == abandoned:
		return Delivery{Refused, time.Unix(settled.Int64, 0)}, nil
	case failure != "":
		return Delivery{Deferred, time.Unix(due, 0)}, nil
	}
	return Delivery{State: Queued}, nil
}
