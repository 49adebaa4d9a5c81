package mail

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// A state is the state in which a letter is kept when it no longer waits.
type state string

const (
	delivered state = "delivered"
	abandoned state = "abandoned"
)

// wiped is what a finished letter loses: its topic, its address and its secrets. The digests
// of the address stay, for the budgets.
const wiped = `topic = '', sealed = ''`

// finish records the end of a letter. What was given up and may be tried again, see [RetryNow],
// keeps what is sealed, unless it was cancelled meanwhile. Of what was refused the address
// stays sealed, for the operator. But a letter that was redirected meanwhile, see [Redirect],
// still waits: another address was refused.
func (q *Queue) finish(ctx context.Context, c claimed, end state, why *Failure) error {
	kept, refused := end == abandoned && !why.Permanent() && why.Cause != "", ""
	if end == abandoned && why.Permanent() {
		refused = sealedPart{To: c.To}.seal(q.Ring, c.ID)
	}
	_, err := q.DB.Write().ExecContext(ctx, `
		UPDATE mails SET state = $1, settled = $2, failure = $3, code = $4, status = $5, cause = $6,
			topic = CASE WHEN state = 'waiting' AND $7 THEN topic ELSE '' END,
			sealed = CASE WHEN state <> 'waiting' THEN '' WHEN $7 THEN sealed ELSE $8 END
		WHERE id = $9 AND state <> 'delivered' AND (state <> 'waiting' OR $8 = '' OR sealed = $10)`,
		end, q.Now().Unix(), why.Step, why.Code, why.Status, why.Cause, kept, refused, c.ID, c.sealed,
	)
	if err != nil {
		return fmt.Errorf("mail: record: %w", err)
	}
	return nil
}

// uncount takes back an attempt in which nothing was sent. A letter without an attempt
// that is given up counts in no budget.
func (q *Queue) uncount(ctx context.Context, o Order, attempt int) error {
	_, err := q.DB.Write().ExecContext(ctx, `UPDATE mails SET attempts = attempts - 1 WHERE id = $1 AND attempts = $2`, o.ID, attempt)
	if err != nil {
		return fmt.Errorf("mail: uncount: %w", err)
	}
	return nil
}

// Cancel gives up, within tx, the letters with the given topic, and removes their topic,
// their address and their secrets, as [Queue] does with a finished letter. The time stays.
// An attempt that is under way may still deliver its letter.
func Cancel(ctx context.Context, tx *sql.Tx, topic string, now time.Time) error {
	// Letters that wait, or were given up and may be tried again, have a topic. The condition
	// that it is not empty spares the letters without one, and lets SQLite use the index.
	// Without its failure a letter does not count as refused.
	_, err := tx.ExecContext(ctx, `
		UPDATE mails SET state = $1, settled = $2, failure = '', code = 0, status = '', cause = '', `+wiped+`
		WHERE topic = $3 AND topic <> ''`,
		abandoned, now.Unix(), topic,
	)
	if err != nil {
		return fmt.Errorf("mail: cancel: %w", err)
	}
	return nil
}
