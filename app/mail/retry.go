package mail

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

// maxAttempts is how many attempts a letter gets, over about three days.
const maxAttempts = 72

// postpone makes l due again, unless another attempt has begun because the lease of this
// one was over.
func (q *Queue) postpone(ctx context.Context, l Letter, attempt int, wait time.Duration, why *Failure) error {
	_, err := q.DB.Write().ExecContext(ctx, `
		UPDATE mails SET due = $1, failure = $2, code = $3
		WHERE id = $4 AND attempts = $5`,
		q.Now().Add(wait).Unix(), why.Step, why.Code, l.ID, attempt,
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
