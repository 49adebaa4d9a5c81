package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"joinery/app/seal"
)

// A Budget is how many letters may go out within any time of the length Per. The zero
// Budget has no limit.
type Budget struct {
	Max int
	Per time.Duration
}

// Limits bound the letters that visitors of the site can cause. A letter beyond a budget
// waits in the queue until there is room. They may be used concurrently once the fields
// are set.
type Limits struct {
	PerAddress Budget // letters of one kind to one address, in upper or lower case; see Room
	PerNetwork Budget // letters that one network asked for, but for those that were confirmed; see Confirmed
	Total      Budget // all letters; reminders get half of it
	Log        *slog.Logger
	Full       func(budget string) // called when a letter has to wait or is refused: network or total; nil: nothing is counted

	warned sync.Map // the Unix time of the last log line about a full budget, by its text
}

// ErrFull reports that a letter is not queued: as many wait already as a budget allows.
var ErrFull = errors.New("mail: too many letters wait")

// ErrMailboxFull is the ErrFull of a budget of an address or a mailbox.
var ErrMailboxFull = fmt.Errorf("%w for a mailbox", ErrFull)

// addressBacklog is how many times its budget of letters that ask for confirmation may
// wait for an address. Anybody can have letters sent to an address: a small backlog would
// let a stranger keep its owner from applying.
const addressBacklog = 24

// networkBacklog is how many letters that ask an address for confirmation and wait for the
// budget of that address one network may have asked for. So a stranger behind one network
// leaves room for the owner.
const networkBacklog = 3

// backlog returns how many times its budget may wait for an address.
func backlog(k Kind) int {
	if k == Confirm {
		return addressBacklog
	}
	return 1
}

// mailboxBudget is how many letters of one kind all addresses with one
// [address.MailboxKey] get together, or more if a single address gets more: a family or
// an office may share a mailbox.
const mailboxBudget = 10

// Room returns when the first attempt of o may be made: at o.Due or, beyond a budget, as
// soon as there is room. It returns ErrFull when as many letters wait already as may go
// out in the time of the budget or, to ask one address for confirmation, in 24 times that;
// one network may have asked for three of those.
//
// Each kind of letter has a budget of its own for an address and for a mailbox.
// Otherwise requests for resume links could use up the budget of the letter that asks for
// confirmation.
func (b *Limits) Room(ctx context.Context, tx *sql.Tx, ring *seal.Ring, o Order) (due time.Time, err error) {
	o.keys = keysOf(ring, o.To)
	return b.roomFor(ctx, tx, o)
}

// roomFor does what Room does for an order with its keys.
func (b *Limits) roomFor(ctx context.Context, tx *sql.Tx, o Order) (due time.Time, err error) {
	due = o.Due
	for _, room := range []func(context.Context, *sql.Tx, Order) (time.Time, error){b.address, b.mailbox, b.network, b.reminders, b.total} {
		next, err := room(ctx, tx, o)
		if err != nil {
			return due, err
		}
		if next.After(due) {
			due = next
		}
	}
	return due, nil
}

func (b *Limits) address(ctx context.Context, tx *sql.Tx, o Order) (time.Time, error) {
	due, err := b.PerAddress.room(ctx, tx, o.Due, backlog(o.Kind), `mailbox_key = $2 AND kind = $3 AND address_key = $4`, o.keys.mailbox, o.Kind, o.keys.address)
	if err != nil || !due.After(o.Due) {
		return due, ofMailbox(err)
	}
	return due, leavesRoom(ctx, tx, o)
}

// leavesRoom returns ErrFull if networkBacklog letters wait already for the address of o.
func leavesRoom(ctx context.Context, tx *sql.Tx, o Order) error {
	if o.Kind != Confirm || o.Network == "" {
		return nil
	}
	var waiting int
	err := tx.QueryRowContext(ctx, `
		SELECT count(*) FROM mails
		WHERE mailbox_key = $1 AND kind = $2 AND address_key = $3 AND network = $4 AND planned > $5 AND `+untried,
		o.keys.mailbox, o.Kind, o.keys.address, o.Network, o.Due.Unix()).Scan(&waiting)
	if err != nil {
		return fmt.Errorf("mail: count of a network: %w", err)
	}
	if waiting >= networkBacklog {
		return ErrFull
	}
	return nil
}

func (b *Limits) mailbox(ctx context.Context, tx *sql.Tx, o Order) (time.Time, error) {
	if b.PerAddress.Max == 0 {
		return o.Due, nil
	}
	shared := Budget{Max: max(mailboxBudget, b.PerAddress.Max), Per: b.PerAddress.Per}
	due, err := shared.room(ctx, tx, o.Due, backlog(o.Kind), `mailbox_key = $2 AND kind = $3`, o.keys.mailbox, o.Kind)
	return due, ofMailbox(err)
}

// ofMailbox returns ErrMailboxFull in the place of ErrFull.
func ofMailbox(err error) error {
	if errors.Is(err, ErrFull) {
		return ErrMailboxFull
	}
	return err
}

// reminders returns when there is room for a reminder in half of the total: the other half
// stays for letters that people wait for.
func (b *Limits) reminders(ctx context.Context, tx *sql.Tx, o Order) (time.Time, error) {
	if o.Kind != Reminder || b.Total.Max == 0 {
		return o.Due, nil
	}
	half := Budget{Max: max(1, b.Total.Max/2), Per: b.Total.Per}
	return half.room(ctx, tx, o.Due, 1, `kind = $2`, o.Kind)
}

func (b *Limits) network(ctx context.Context, tx *sql.Tx, o Order) (time.Time, error) {
	// No network asked for a letter without one, so such letters have no budget. The
	// condition lets SQLite use the index.
	due, err := b.PerNetwork.room(ctx, tx, o.Due, 1, `network = $2 AND network <> ''`, o.Network)
	if due.After(o.Due) || errors.Is(err, ErrFull) {
		b.warn(o.Due, "network", "the mail budget of one network is used up; if it is that of a proxy of ours, TRUSTED_PROXIES does not name it")
	}
	return due, err
}

func (b *Limits) total(ctx context.Context, tx *sql.Tx, o Order) (time.Time, error) {
	due, err := b.Total.room(ctx, tx, o.Due, 1, `TRUE`)
	if due.After(o.Due) || errors.Is(err, ErrFull) {
		b.warn(o.Due, "total", "the mail budget for all together is used up")
	}
	return due, err
}

// warn counts that a budget is full and logs, at most once a minute, why letters wait.
func (b *Limits) warn(now time.Time, budget, why string) {
	if b.Full != nil {
		b.Full(budget)
	}
	last, told := b.warned.LoadOrStore(why, now.Unix())
	if told && (now.Unix()-last.(int64) < 60 || !b.warned.CompareAndSwap(why, last, now.Unix())) {
		return
	}
	b.Log.Error("letters wait that people ask for: " + why)
}
