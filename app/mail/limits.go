package mail

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"joinery/app/address"
)

// A Budget is how many letters may be written within any time of the length Per. The zero
// Budget has no limit.
type Budget struct {
	Max int
	Per time.Duration
}

// Limits bound the letters that visitors of the site can cause. They may be used
// concurrently once the fields are set.
type Limits struct {
	PerAddress Budget // letters of one kind to one address, in upper or lower case; see Allow
	PerNetwork Budget // letters that one network asked for
	Total      Budget // all letters
	Log        *slog.Logger

	warned sync.Map // the Unix time of the last log line about a full budget, by its text
}

// mailboxBudget is how many letters of one kind all addresses with one
// [address.MailboxKey] get together, or more if a single address gets more: a family or
// an office may share a mailbox.
const mailboxBudget = 10

// Enqueue queues o within tx and returns true, or returns false when o is beyond a budget.
func (b *Limits) Enqueue(ctx context.Context, tx *sql.Tx, o Order) (bool, error) {
	if ok, err := b.Allow(ctx, tx, o); err != nil || !ok {
		return false, err
	}
	err := Enqueue(ctx, tx, o)
	return err == nil, err
}

// Allow reports whether o may be queued within tx.
//
// Each kind of letter has a budget of its own for an address and for a mailbox.
// Otherwise requests for resume links could use up the budget of the letter that asks for
// confirmation.
func (b *Limits) Allow(ctx context.Context, tx *sql.Tx, o Order) (bool, error) {
	for _, full := range []func(context.Context, *sql.Tx, Order) (bool, error){b.address, b.mailbox, b.network, b.total} {
		if beyond, err := full(ctx, tx, o); err != nil || beyond {
			return false, err
		}
	}
	return true, nil
}

func (b *Limits) address(ctx context.Context, tx *sql.Tx, o Order) (full bool, err error) {
	return b.PerAddress.full(ctx, tx, o.Queued, `mailbox_key = $2 AND kind = $3 AND lower(recipient) = lower($4)`, address.MailboxKey(o.To), o.Kind, o.To)
}

func (b *Limits) mailbox(ctx context.Context, tx *sql.Tx, o Order) (full bool, err error) {
	if b.PerAddress.Max == 0 {
		return false, nil
	}
	shared := Budget{Max: max(mailboxBudget, b.PerAddress.Max), Per: b.PerAddress.Per}
	return shared.full(ctx, tx, o.Queued, `mailbox_key = $2 AND kind = $3`, address.MailboxKey(o.To), o.Kind)
}

func (b *Limits) network(ctx context.Context, tx *sql.Tx, o Order) (full bool, err error) {
	// No network asked for a letter without one, so such letters have no budget. The
	// condition lets SQLite use the index.
	full, err = b.PerNetwork.full(ctx, tx, o.Queued, `network = $2 AND network <> ''`, o.Network)
	if full {
		b.warn(o.Queued, "the mail budget of one network is used up; if it is that of a proxy of ours, TRUSTED_PROXIES does not name it")
	}
	return full, err
}

func (b *Limits) total(ctx context.Context, tx *sql.Tx, o Order) (full bool, err error) {
	full, err = b.Total.full(ctx, tx, o.Queued, `TRUE`)
	if full {
		b.warn(o.Queued, "the mail budget for all together is used up")
	}
	return full, err
}

// warn logs, at most once a minute, why letters are not sent.
func (b *Limits) warn(now time.Time, why string) {
	last, told := b.warned.LoadOrStore(why, now.Unix())
	if told && (now.Unix()-last.(int64) < 60 || !b.warned.CompareAndSwap(why, last, now.Unix())) {
		return
	}
	b.Log.Error("letters are not sent that people ask for: " + why)
}

// full reports whether b is used up by the letters that match a condition in SQL, with
// arguments from $2 on.
func (b Budget) full(ctx context.Context, tx *sql.Tx, now time.Time, which string, args ...any) (bool, error) {
	if b.Max == 0 {
		return false, nil
	}
	var written int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM mails WHERE written >= $1 AND `+which,
		append([]any{now.Add(-b.Per).Unix()}, args...)...).Scan(&written)
	if err != nil {
		return false, fmt.Errorf("mail: count: %w", err)
	}
	return written >= b.Max, nil
}
