package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// maxAttempts is after how many a letter is given up: about three days.
const maxAttempts = 72

// A state is the one that a letter is kept with, once it waits no longer.
type state string

const (
	delivered state = "delivered"
	abandoned state = "abandoned"
)

// recordResult records how an attempt ended: the letter is done with, or due again.
func (q *Queue) recordResult(ctx context.Context, l Letter, attempt int, err error) error {
	log := q.Log.With("id", l.ID, "kind", l.Kind, "attempt", attempt)
	failure := (*Failure)(nil)
	if err != nil && !errors.As(err, &failure) {
		failure = &Failure{Step: content, err: err}
	}
	switch {
	case failure == nil:
		log.Info("mail delivered")
		return q.finish(ctx, l, delivered, &Failure{})
	case failure.Permanent() || attempt >= maxAttempts:
		log.Error("mail given up", "err", failure)
		return q.finish(ctx, l, abandoned, failure)
	default:
		wait := retryDelay(attempt)
		log.Warn("mail not delivered yet", "err", failure, "again_in", wait.String())
		return q.postpone(ctx, l, attempt, wait, failure)
	}
}

// finish ends the matter and wipes the words and what the letter was about.
func (q *Queue) finish(ctx context.Context, l Letter, end state, why *Failure) error {
	_, err := q.DB.Write().ExecContext(ctx, `
		UPDATE mails SET state = $1, settled = $2, failure = $3, code = $4, topic = '', subject = '', text = '', html = ''
		WHERE id = $5 AND state <> 'delivered'`,
		end, q.Now().Unix(), why.Step, why.Code, l.ID,
	)
	if err != nil {
		return fmt.Errorf("mail: settle: %w", err)
	}
	return nil
}

// Cancel gives up, within tx, the letters about something, such as a draft with
// that key, and wipes what [Queue] wipes of a letter that it is done with: what
// stays says which address was written to, and when. An attempt that is under way
// may still deliver its letter.
func Cancel(ctx context.Context, tx *sql.Tx, about string, now time.Time) error {
	// Only letters that wait have a topic. The condition that it is not empty
	// spares those about nothing, and lets SQLite use the index.
	_, err := tx.ExecContext(ctx, `
		UPDATE mails SET state = $1, settled = $2, topic = '', subject = '', text = '', html = ''
		WHERE topic = $3 AND topic <> ''`,
		abandoned, now.Unix(), about,
	)
	if err != nil {
		return fmt.Errorf("mail: cancel: %w", err)
	}
	return nil
}

// postpone has l tried again, unless another attempt has begun meanwhile
// because the lease of this one was over.
func (q *Queue) postpone(ctx context.Context, l Letter, attempt int, wait time.Duration, why *Failure) error {
	_, err := q.DB.Write().ExecContext(ctx, `
		UPDATE mails SET due = $1, failure = $2, code = $3
		WHERE id = $4 AND attempts = $5`,
		q.Now().Add(wait).Unix(), why.Step, why.Code, l.ID, attempt,
	)
	if err != nil {
		return fmt.Errorf("mail: settle: %w", err)
	}
	return nil
}

// retryDelay is how long to wait after the nth attempt: a minute, two, four … up to
// an hour, and up to a quarter more by chance, so that letters which failed
// together do not come back together.
func retryDelay(n int) time.Duration {
	d := min(time.Minute<<min(n-1, 6), time.Hour)
	return d + rand.N(d/4)
}
