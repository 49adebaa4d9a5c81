package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"joinery/app/address"
	"joinery/app/db"
)

// How the queue works. An attempt must end before its lease does.
const (
	workers   = 4                // conversations at the same time: one that hangs holds up no other letter
	lease     = 2 * time.Minute  // after it, an attempt that was cut off by a crash is made again
	patience  = 90 * time.Second // with a sender
	poll      = 5 * time.Second  // how late a retry may be; new letters call Wake
	retention = 7 * 24 * time.Hour
)

// Enqueue queues l within tx: it is sent if, and only if, tx commits. Call
// [Queue.Wake] after that.
func Enqueue(ctx context.Context, tx *sql.Tx, l Letter) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO mails (id, kind, topic, recipient, mailbox_key, network, lang, subject, text, html, written, due)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
		l.ID, l.Kind, l.Topic, l.To, address.MailboxKey(l.To), l.Network, l.Lang, l.Subject, l.Text, l.HTML, l.Written.Unix(),
	)
	if err != nil {
		return fmt.Errorf("mail: enqueue: %w", err)
	}
	return nil
}

// A Queue delivers the letters that were queued in DB, each at least once: a
// crash at the wrong moment sends one again, with the same Message-ID. Set its
// fields before the first call; after that it may be used concurrently.
type Queue struct {
	DB     *db.DB
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

// Run delivers letters until ctx is done. Then it waits for those under way.
func (q *Queue) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for range workers {
		all.Go(func() { q.work(ctx) })
	}
	all.Go(func() { q.clean(ctx) })
	all.Wait()
	return nil
}

func (q *Queue) work(ctx context.Context) {
	for ctx.Err() == nil {
		tried, err := q.Deliver(ctx)
		if err != nil && ctx.Err() == nil {
			q.Log.Error("mail queue", "err", err)
		}
		if tried && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-q.wakeSignal():
		case <-time.After(poll):
		}
	}
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

// Purge forgets the letters that were delivered or given up over a week ago.
func (q *Queue) Purge(ctx context.Context) error {
	_, err := q.DB.Write().ExecContext(ctx, `DELETE FROM mails WHERE settled < $1`, q.Now().Add(-retention).Unix())
	if err != nil {
		return fmt.Errorf("mail: purge: %w", err)
	}
	return nil
}

// Deliver tries to send one letter that is due, and reports whether there was
// one. That it could not be sent is recorded and logged, and no error. Once
// begun, an attempt is finished even if ctx ends.
func (q *Queue) Deliver(ctx context.Context) (tried bool, err error) {
	l, attempt, err := q.claim(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("mail: claim: %w", err)
	}
	q.Wake() // there may be more: let a colleague look
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	failure := q.Sender.Send(ctx, l)
	return true, q.recordResult(context.WithoutCancel(ctx), l, attempt, failure)
}

// claim takes the letter that has been due for longest, for as long as a lease.
func (q *Queue) claim(ctx context.Context) (l Letter, attempt int, err error) {
	now := q.Now()
	var written int64
	err = q.DB.Write().QueryRowContext(ctx, `
		UPDATE mails SET due = $1, attempts = attempts + 1
		WHERE id = (SELECT id FROM mails WHERE state = 'waiting' AND due <= $2 ORDER BY due LIMIT 1)
		RETURNING id, kind, recipient, lang, subject, text, html, written, attempts`,
		now.Add(lease).Unix(), now.Unix(),
	).Scan(&l.ID, &l.Kind, &l.To, &l.Lang, &l.Subject, &l.Text, &l.HTML, &written, &attempt)
	l.Written = time.Unix(written, 0)
	return l, attempt, err
}
