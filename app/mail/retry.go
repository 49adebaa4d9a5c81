package mail

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// maxAttempts is how many attempts a letter gets, over about three days.
const maxAttempts = 72

// recordResult records how an attempt ended: the letter is finished, or due again.
func (q *Queue) recordResult(ctx context.Context, o Order, attempt int, err error) error {
	log := q.Log.With("id", o.ID, "kind", o.Kind, "attempt", attempt)
	if errors.Is(err, ErrEnded) {
		log.Info("mail not sent: what it is about has ended")
		return errors.Join(q.uncount(ctx, o, attempt), q.finish(ctx, o, abandoned, &Failure{}))
	}
	failure := (*Failure)(nil)
	if err != nil && !errors.As(err, &failure) {
		failure = &Failure{Step: content, err: err}
	}
	switch {
	case failure == nil:
		log.Info("mail delivered")
		return q.finish(ctx, o, delivered, &Failure{})
	case failure.Permanent() || attempt >= maxAttempts:
		log.Error("mail given up", "err", failure)
		return q.finish(ctx, o, abandoned, failure)
	default:
		wait := retryDelay(attempt)
		log.Warn("mail not delivered yet", "err", failure, "again_in", wait.String())
		return q.postpone(ctx, o, attempt, wait, failure)
	}
}

// postpone makes o due again, unless another attempt has begun because the lease of this
// one was over.
func (q *Queue) postpone(ctx context.Context, o Order, attempt int, wait time.Duration, why *Failure) error {
	_, err := q.DB.Write().ExecContext(ctx, `
		UPDATE mails SET due = $1, failure = $2, code = $3
		WHERE id = $4 AND attempts = $5`,
		q.Now().Add(wait).Unix(), why.Step, why.Code, o.ID, attempt,
	)
	if err != nil {
		return fmt.Errorf("mail: record: %w", err)
	}
	return nil
}

// retryDelay returns the delay after attempt n: one minute, two, four, and so on up to an
// hour, and at random up to a quarter more, so that letters which failed together are not
// tried again together.
func retryDelay(n int) time.Duration {
	d := min(time.Minute<<min(n-1, 6), time.Hour)
	return d + rand.N(d/4)
}
