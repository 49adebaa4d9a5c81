package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"joinery/app/address"
	"joinery/app/db"
)

// The settings of the queue. An attempt must end before its lease.
const (
	workers    = 4                  // conversations at the same time: one that hangs delays no other letter
	lease      = 2 * time.Minute    // after which an attempt that a crash cut off is made again
	patience   = 90 * time.Second   // with the sender of a letter
	maxWait    = time.Minute        // between looks at the queue: the clock may be set, and another process may queue a letter
	faultDelay = 5 * time.Second    // after an error of the file
	retention  = 7 * 24 * time.Hour // of letters that are delivered or given up
)

// Enqueue queues o within tx: its letter is sent if, and only if, tx commits. The caller
// must call [Queue.Wake] after the commit.
func Enqueue(ctx context.Context, tx *sql.Tx, o Order) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO mails (id, kind, topic, recipient, mailbox_key, network, lang, secrets, written, due, subject, text, html)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, '', '', '')`,
		o.ID, o.Kind, o.Topic, o.To, address.MailboxKey(o.To), o.Network, o.Lang, strings.Join(o.Secrets, " "), o.Queued.Unix(),
	)
	if err != nil {
		return fmt.Errorf("mail: enqueue: %w", err)
	}
	return nil
}

// A Queue delivers the letters that were ordered in DB, each at least once: a crash between
// sending and recording sends a letter again, with the same Message-ID. The fields must be set before the first call; after that it may be used concurrently.
type Queue struct {
	DB     *db.DB
	Write  Writer
	Sender Sender
	Now    func() time.Time
	Log    *slog.Logger

	once sync.Once
	wake chan struct{}
}

// Wake makes Run look for letters at once. It never blocks.
func (q *Queue) Wake() {
	select {
	case q.wakeSignal() <- struct{}{}:
	default: // it is about to look anyway
	}
}

func (q *Queue) wakeSignal() chan struct{} {
	q.once.Do(func() { q.wake = make(chan struct{}, 1) })
	return q.wake
}

// Run delivers letters until ctx is done. Then it waits for the attempts under way.
func (q *Queue) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for range workers {
		all.Go(func() { q.work(ctx) })
	}
	all.Go(func() { q.clean(ctx) })
	all.Wait()
	return nil
}

// work delivers one letter after the other. While no letter is due, it writes nothing and
// waits for the time of the next, or for Wake.
func (q *Queue) work(ctx context.Context) {
	for ctx.Err() == nil {
		wait, err := q.step(ctx)
		if err != nil && ctx.Err() == nil {
			q.Log.Error("mail queue", "err", err)
			wait = faultDelay
		}
		if wait <= 0 {
			continue
		}
		select {
		case <-ctx.Done():
		case <-q.wakeSignal():
		case <-time.After(wait):
		}
	}
}

// step tries to send a letter that is due, or returns how long to wait for one.
func (q *Queue) step(ctx context.Context) (wait time.Duration, err error) {
	if wait, err = q.untilDue(ctx); err != nil || wait > 0 {
		return wait, err
	}
	_, err = q.Deliver(ctx)
	return 0, err
}

// untilDue returns the time until a letter is due, at most maxWait.
func (q *Queue) untilDue(ctx context.Context) (time.Duration, error) {
	var due sql.NullInt64
	err := q.DB.Read().QueryRowContext(ctx, `SELECT min(due) FROM mails WHERE state = 'waiting'`).Scan(&due)
	if err != nil {
		return 0, fmt.Errorf("mail: next letter: %w", err)
	}
	if !due.Valid {
		return maxWait, nil
	}
	return min(time.Unix(due.Int64, 0).Sub(q.Now()), maxWait), nil
}

// clean purges at the start and every hour.
func (q *Queue) clean(ctx context.Context) {
	for ctx.Err() == nil {
		if err := q.Purge(ctx); err != nil && ctx.Err() == nil {
			q.Log.Error("mail queue", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Hour):
		}
	}
}

// Purge removes the letters that were delivered or given up over a week ago.
func (q *Queue) Purge(ctx context.Context) error {
	_, err := q.DB.Write().ExecContext(ctx, `DELETE FROM mails WHERE settled < $1`, q.Now().Add(-retention).Unix())
	if err != nil {
		return fmt.Errorf("mail: purge: %w", err)
	}
	return nil
}

// Deliver tries to send one letter that is due, and reports whether there was one. A
// failure to write or to send is recorded and logged, and is not an error. An attempt that
// has begun goes on when ctx ends.
func (q *Queue) Deliver(ctx context.Context) (tried bool, err error) {
	c, err := q.claim(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("mail: claim: %w", err)
	}
	q.Wake() // another letter may be due, for another worker
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	l, failure := q.write(ctx, c)
	if failure == nil {
		failure = q.Sender.Send(ctx, l)
	}
	return true, q.recordResult(context.WithoutCancel(ctx), c.Order, c.attempt, failure)
}

// write returns the letter of this attempt.
func (q *Queue) write(ctx context.Context, c claimed) (l Letter, err error) {
	if l = c.former; l.Text == "" {
		l, err = q.Write(ctx, c.Order)
	}
	if err != nil && !errors.Is(err, ErrEnded) {
		return l, &Failure{Step: writing, err: err}
	}
	l.Written = q.Now()
	return l, err
}

// A claimed order is one that a worker attends to.
type claimed struct {
	Order
	attempt int
	former  Letter // as an earlier version has written it, or without words
}

// claim takes the order that has been due longest, for the time of a lease.
func (q *Queue) claim(ctx context.Context) (c claimed, err error) {
	now := q.Now()
	var written int64
	var secrets string
	err = q.DB.Write().QueryRowContext(ctx, `
		UPDATE mails SET due = $1, attempts = attempts + 1
		WHERE id = (SELECT id FROM mails WHERE state = 'waiting' AND due <= $2 ORDER BY due LIMIT 1)
		RETURNING id, kind, topic, network, recipient, lang, secrets, written, attempts, subject, text, html`,
		now.Add(lease).Unix(), now.Unix(),
	).Scan(&c.ID, &c.Kind, &c.Topic, &c.Network, &c.To, &c.Lang, &secrets, &written, &c.attempt, &c.former.Subject, &c.former.Text, &c.former.HTML)
	c.Secrets, c.Queued = strings.Fields(secrets), time.Unix(written, 0)
	c.former.Order = c.Order
	return c, err
}
