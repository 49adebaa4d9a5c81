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

// A Budget is how many letters may be written within any span of Per. The zero
// Budget bounds nothing.
type Budget struct {
	Max int
	Per time.Duration
}

// Limits bound the letters that strangers have written, to whomever. They may
// be used concurrently, once their fields are set.
type Limits struct {
	PerAddress Budget // letters of one kind to one address, in whichever case it is written; see Allow
	PerNetwork Budget // letters that were asked for from one network
	Total      Budget // all letters
	Log        *slog.Logger

	warned sync.Map // when it was last told in the log that a budget is used up, in Unix seconds, by what was said
}

// mailboxBudget is how many letters of one kind the addresses of one [address.MailboxKey] get
// together, if one of them alone gets no more: a family or an office may share it.
const mailboxBudget = 10

// Enqueue queues l within tx and returns true, or returns false when that would
// be beyond a budget.
func (b *Limits) Enqueue(ctx context.Context, tx *sql.Tx, l Letter) (bool, error) {
	if ok, err := b.Allow(ctx, tx, l); err != nil || !ok {
		return false, err
	}
	err := Enqueue(ctx, tx, l)
	return err == nil, err
}

// Allow reports whether l may be queued within tx.
//
// Each kind of letter has its own budget for an address and for a mailbox: with
// one for all, a stranger who asks for links could keep the letter away that
// confirms.
func (b *Limits) Allow(ctx context.Context, tx *sql.Tx, l Letter) (bool, error) {
	for _, full := range []func(context.Context, *sql.Tx, Letter) (bool, error){b.address, b.mailbox, b.network, b.total} {
		if beyond, err := full(ctx, tx, l); err != nil || beyond {
			return false, err
		}
	}
	return true, nil
}

func (b *Limits) address(ctx context.Context, tx *sql.Tx, l Letter) (full bool, err error) {
	return b.PerAddress.full(ctx, tx, l.Written, `mailbox_key = $2 AND kind = $3 AND lower(recipient) = lower($4)`, address.MailboxKey(l.To), l.Kind, l.To)
}

func (b *Limits) mailbox(ctx context.Context, tx *sql.Tx, l Letter) (full bool, err error) {
	if b.PerAddress.Max == 0 {
		return false, nil
	}
	shared := Budget{Max: max(mailboxBudget, b.PerAddress.Max), Per: b.PerAddress.Per}
	return shared.full(ctx, tx, l.Written, `mailbox_key = $2 AND kind = $3`, address.MailboxKey(l.To), l.Kind)
}

func (b *Limits) network(ctx context.Context, tx *sql.Tx, l Letter) (full bool, err error) {
	// Nobody asked for a letter without a network. The condition that there is one
	// lets SQLite use the index.
	full, err = b.PerNetwork.full(ctx, tx, l.Written, `network = $2 AND network <> ''`, l.Network)
	if full {
		b.warn(l.Written, "the mail budget of one network is used up; if it is that of a proxy of ours, TRUSTED_PROXIES does not name it")
	}
	return full, err
}

func (b *Limits) total(ctx context.Context, tx *sql.Tx, l Letter) (full bool, err error) {
	full, err = b.Total.full(ctx, tx, l.Written, `TRUE`)
	if full {
		b.warn(l.Written, "the mail budget for all together is used up")
	}
	return full, err
}

// warn says in the log, at most once a minute, why letters are not sent that
// people ask for.
func (b *Limits) warn(now time.Time, why string) {
	last, told := b.warned.LoadOrStore(why, now.Unix())
	if told && (now.Unix()-last.(int64) < 60 || !b.warned.CompareAndSwap(why, last, now.Unix())) {
		return
	}
	b.Log.Error("letters are not sent that people ask for: " + why)
}

// full reports whether as many letters as b allows were written of those that a
// condition describes, which follows in SQL with its arguments from $2 on.
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
