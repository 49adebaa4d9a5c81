package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"joinery/app/db"
)

// A State is how far the delivery of a letter has come.
type State string

// The states. A letter that the mail server has accepted can still be returned later,
// which the queue does not learn.
const (
	Unknown  State = ""         // the letter is not known, or was purged
	Queued   State = "queued"   // not tried yet
	Deferred State = "deferred" // tried without success, to be tried again
	Accepted State = "accepted" // the server has accepted it
	Refused  State = "refused"  // the server does not know the address
	GivenUp  State = "given-up" // it was tried for days, or is not wanted any more; the address may be right
)

// A Delivery is what became of a letter.
type Delivery struct {
	State State
	At    time.Time // the time when it ended, or of the next attempt when Deferred; otherwise zero
	Cause Cause     // of the last failure, when Deferred, Refused or GivenUp
}

// DeliveryOf returns what became of the letter with the given ID.
func DeliveryOf(ctx context.Context, d *db.DB, id string) (Delivery, error) {
	var kept state
	var failure string
	var cause Cause
	var due int64
	var settled sql.NullInt64
	err := d.Read().QueryRowContext(ctx, `SELECT state, failure, cause, due, settled FROM mails WHERE id = $1`, id).
		Scan(&kept, &failure, &cause, &due, &settled)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Delivery{}, nil
	case err != nil:
		return Delivery{}, fmt.Errorf("mail: delivery: %w", err)
	case kept == delivered:
		return Delivery{State: Accepted, At: time.Unix(settled.Int64, 0)}, nil
	case kept == abandoned && cause == Address:
		return Delivery{Refused, time.Unix(settled.Int64, 0), cause}, nil
	case kept == abandoned:
		return Delivery{GivenUp, time.Unix(settled.Int64, 0), cause}, nil
	case failure != "":
		return Delivery{Deferred, time.Unix(due, 0), cause}, nil
	}
	return Delivery{State: Queued}, nil
}
