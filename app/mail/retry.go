package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"
)

// A letter is given up when it was tried for three days, but not before it had some
// attempts: the program may have been stopped meanwhile.
const (
	triedFor    = 72 * time.Hour
	minAttempts = 8
)

// unansweredDelays are the pauses after the attempts in which the whole letter was sent
// without an answer. The reader may have had it each time, so there are few.
var unansweredDelays = []time.Duration{time.Hour, 6 * time.Hour}

// recordResult records how an attempt ended: the letter is finished, or due again.
func (q *Queue) recordResult(ctx context.Context, c claimed, err error) error {
	log := q.Log.With("id", c.ID, "kind", c.Kind, "attempt", c.attempt)
	if errors.Is(err, ErrEnded) {
		log.Info("mail not sent: what it is about has ended")
		return errors.Join(q.uncount(ctx, c.Order, c.attempt), q.finish(ctx, c, abandoned, &Failure{}))
	}
	failure := (*Failure)(nil)
	if err != nil && !errors.As(err, &failure) {
		failure = &Failure{Step: content, Cause: Passing, err: err}
	}
	switch {
	case failure == nil:
		log.Info("mail delivered")
		return q.finish(ctx, c, delivered, &Failure{})
	case failure.Permanent() || q.exhausted(c, failure):
		log.Error("mail given up", "err", failure, "cause", failure.Cause)
		return q.finish(ctx, c, abandoned, failure)
	}
	wait := c.retryDelay(failure)
	log.Log(ctx, failure.level(), "mail not delivered yet", "err", failure, "cause", failure.Cause, "again_in", wait.String())
	return q.postpone(ctx, c, wait, failure)
}

// level returns how a failure is logged that is not the last: what the operator must mend
// is an error.
func (f *Failure) level() slog.Level {
	if f.Cause == Ours {
		return slog.LevelError
	}
	return slog.LevelWarn
}

// exhausted reports whether a letter had all its attempts.
func (q *Queue) exhausted(c claimed, why *Failure) bool {
	if why.Cause == Unanswered {
		return c.unanswered >= len(unansweredDelays)
	}
	return c.attempt >= minAttempts && q.Now().Sub(c.Due) >= triedFor
}

// postpone makes c due again, unless another attempt has begun because the lease of this
// one was over.
func (q *Queue) postpone(ctx context.Context, c claimed, wait time.Duration, why *Failure) error {
	_, err := q.DB.Write().ExecContext(ctx, `
		UPDATE mails SET due = $1, failure = $2, code = $3, status = $4, cause = $5, unanswered = unanswered + ($5 = 'unanswered')
		WHERE id = $6 AND attempts = $7`,
		q.Now().Add(wait).Unix(), why.Step, why.Code, why.Status, why.Cause, c.ID, c.attempt,
	)
	if err != nil {
		return fmt.Errorf("mail: record: %w", err)
	}
	return nil
}

// retryDelay returns the delay after a failed attempt: one minute, two, four, and so on up
// to an hour. Where the server or the mailbox must be mended first, it is a quarter of an
// hour, and so on up to four hours. At random it is up to a quarter more, so that letters
// which failed together are not tried again together.
func (c claimed) retryDelay(why *Failure) time.Duration {
	d := min(time.Minute<<min(c.attempt-1, 6), time.Hour)
	switch why.Cause {
	case Unanswered:
		d = unansweredDelays[c.unanswered]
	case Ours, Full:
		d = 15 * time.Minute << min(c.attempt-1, 4)
	}
	return d + rand.N(d/4)
}
