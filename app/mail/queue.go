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

// The settings of the queue.
const (
	maxWait    = time.Minute        // between looks at the queue: the clock may be set, and another process may queue a letter
	faultDelay = 5 * time.Second    // after an error of the file
	retention  = 7 * 24 * time.Hour // of letters that are delivered or given up
)

// Enqueue queues o within tx: its letter is sent if, and only if, tx commits. The caller
// must call [Queue.Wake] after the commit.
func Enqueue(ctx context.Context, tx *sql.Tx, o Order) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO mails (id, kind, topic, recipient, mailbox_key, network, lang, secrets, priority, planned, due, subject, text, html)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, '', '', '')`,
		o.ID, o.Kind, o.Topic, o.To, address.MailboxKey(o.To), o.Network, o.Lang, strings.Join(o.Secrets, " "), priorityOf(o.Kind), o.Due.Unix(),
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

	once  sync.Once
	lanes [len(reach)]lane
}

// Wake makes Run look for letters at once. It never blocks.
func (q *Queue) Wake() {
	for i := range q.opened() {
		select {
		case q.lanes[i].wake <- struct{}{}:
		default: // it is about to look anyway
		}
	}
}

// Run delivers letters until ctx is done. Then the attempts under way have a few seconds.
func (q *Queue) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for i := range q.opened() {
		for range workers {
			all.Go(func() { q.work(ctx, &q.lanes[i]) })
		}
	}
	all.Go(func() { q.clean(ctx) })
	all.Wait()
	return nil
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

// write returns the letter of this attempt.
func (q *Queue) write(ctx context.Context, c claimed) (l Letter, err error) {
	if l = c.former; l.Text == "" {
		l, err = q.Write(ctx, c.Order)
	}
	if err != nil && !errors.Is(err, ErrEnded) {
		return l, &Failure{Step: writing, Cause: Passing, err: err}
	}
	l.Written = q.Now()
	return l, err
}

// A claimed order is one that a worker attends to.
type claimed struct {
	Order
	attempt    int
	unanswered int    // attempts in which the whole letter was sent
	former     Letter // as an earlier version has written it, or without words
}

// claim takes the order that comes first, for the time of a lease.
func (q *Queue) claim(ctx context.Context, last priority) (c claimed, err error) {
	now := q.Now()
	var planned int64
	var secrets string
	err = q.DB.Write().QueryRowContext(ctx, `
		UPDATE mails SET due = $1, attempts = attempts + 1, priority = `+fmt.Sprint(later)+`
		WHERE id = `+firstDue(last)+`
		RETURNING id, kind, topic, network, recipient, lang, secrets, planned, attempts, unanswered, subject, text, html`,
		now.Add(lease).Unix(), now.Unix(),
	).Scan(&c.ID, &c.Kind, &c.Topic, &c.Network, &c.To, &c.Lang, &secrets, &planned, &c.attempt, &c.unanswered, &c.former.Subject, &c.former.Text, &c.former.HTML)
	c.Secrets, c.Due = strings.Fields(secrets), time.Unix(planned, 0)
	c.former.Order = c.Order
	return c, err
}
