package mail

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"joinery/app/db"
	"joinery/app/seal"
)

// The settings of the queue.
const (
	maxWait    = time.Minute        // between looks at the queue: the clock may be set, and another process may queue a letter
	faultDelay = 5 * time.Second    // after an error of the file
	retention  = 7 * 24 * time.Hour // of letters that are delivered or given up
)

// Enqueue queues o within tx: its letter is sent if, and only if, tx commits. Its address and
// its secrets are sealed with ring. The caller must call [Queue.Wake] after the commit.
func Enqueue(ctx context.Context, tx *sql.Tx, ring *seal.Ring, o Order) error {
	keys := keysOf(ring, o.To)
	_, err := tx.ExecContext(ctx, `
		INSERT INTO mails (id, kind, topic, network, lang, sealed, mailbox_key, address_key, priority, planned, due)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
		o.ID, o.Kind, o.Topic, o.Network, o.Lang, sealedPart{To: o.To, Secrets: o.Secrets}.seal(ring, o.ID),
		keys.mailbox, keys.address, priorityOf(o.Kind), o.Due.Unix(),
	)
	if err != nil {
		return fmt.Errorf("mail: enqueue: %w", err)
	}
	return nil
}

// A Queue delivers the letters that were ordered in DB, each at least once: a crash between
// sending and recording sends a letter again, with the same Message-ID. The fields must be
// set before the first call; after that it may be used concurrently.
type Queue struct {
	DB     *db.DB
	Ring   *seal.Ring // with which the letters are sealed
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
