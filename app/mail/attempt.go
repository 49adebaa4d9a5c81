package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// An attempt has its letter for the time of a lease, which it renews until it ends: it may
// take as long as the limits of all its steps together. After a crash the letter is free
// again when the lease is over.
const (
	lease    = 2 * time.Minute
	renewal  = lease / 4        // how often the lease is renewed
	patience = 40 * time.Minute // with one attempt; longer than all time limits of a conversation together
	parting  = 7 * time.Second  // for the attempts under way when the program ends
)

// Deliver tries to send one letter that is due, and reports whether there was one. A
// failure to write or to send is recorded and logged, and is not an error. An attempt that
// has begun goes on for a few seconds when ctx ends.
func (q *Queue) Deliver(ctx context.Context) (tried bool, err error) { return q.deliver(ctx, later) }

func (q *Queue) deliver(ctx context.Context, last priority) (tried bool, err error) {
	c, err := q.claim(ctx, last)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("mail: claim: %w", err)
	}
	failure := q.attempt(ctx, &c)
	if ctx.Err() != nil && cutOff(failure) {
		return true, q.putBack(context.WithoutCancel(ctx), c)
	}
	return true, q.recordResult(context.WithoutCancel(ctx), c, failure)
}

// attempt writes and sends a letter while it holds its lease.
func (q *Queue) attempt(ctx context.Context, c *claimed) error {
	attempt, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(parting, cancel) })()
	held := time.AfterFunc(renewal, func() { q.renew(attempt, c.ID, c.attempt) })
	defer held.Stop()
	l, err := q.write(attempt, c)
	if err != nil {
		return err
	}
	return q.Sender.Send(attempt, l)
}

// renew renews the lease of an attempt until that ends.
func (q *Queue) renew(attempt context.Context, id string, number int) {
	for attempt.Err() == nil {
		_, err := q.DB.Write().ExecContext(attempt, `
			UPDATE mails SET due = $1 WHERE id = $2 AND attempts = $3 AND state = 'waiting'`,
			q.Now().Add(lease).Unix(), id, number)
		if err != nil && attempt.Err() == nil {
			q.Log.Error("mail queue", "err", err)
		}
		select {
		case <-attempt.Done():
		case <-time.After(renewal):
		}
	}
}

// cutOff reports whether an attempt ended without a word of the server, and so that the
// letter cannot have been taken.
func cutOff(err error) bool {
	failure := (*Failure)(nil)
	return errors.As(err, &failure) && failure.Code == 0 && failure.Cause == Passing
}

// putBack makes the letter of an attempt that the end of the program has cut off due again
// at the next start, as if it had not been made.
func (q *Queue) putBack(ctx context.Context, c claimed) error {
	first := later
	if c.attempt == 1 {
		first = priorityOf(c.Kind)
	}
	_, err := q.DB.Write().ExecContext(ctx, `
		UPDATE mails SET due = $1, attempts = attempts - 1, priority = $2 WHERE id = $3 AND attempts = $4 AND state = 'waiting'`,
		q.Now().Unix(), first, c.ID, c.attempt)
	if err != nil {
		return fmt.Errorf("mail: put back: %w", err)
	}
	return nil
}
