package access

import (
	"context"
	"time"
)

// attemptWindow is how long after the last maxClockSkew try the ones before still count. A try
// that is further ahead than wrong was counted by a clock that was.
const (
	attemptWindow = 10 * time.Minute
	maxClockSkew  = 24 * time.Hour
)

// CountAttempt counts one more wrong try of who, a digest, and returns how many there
// are with it and when the one before was. Each of any number of calls at the
// same time counts. More than ten minutes after the last the count begins
// anew, with no time before.
func (s *Store) CountAttempt(ctx context.Context, who string, now time.Time) (n int, before time.Time, err error) {
	var prior int64
	err = s.db.Write().QueryRowContext(ctx, `
		INSERT INTO attempts (client, count, last_at) VALUES ($1, 1, $2)
		ON CONFLICT (client) DO UPDATE SET
			count = CASE WHEN excluded.last_at - attempts.last_at NOT BETWEEN $3 AND $4 THEN 1 ELSE attempts.count + 1 END,
			previous_at = CASE WHEN excluded.last_at - attempts.last_at NOT BETWEEN $3 AND $4 THEN 0 ELSE attempts.last_at END,
			last_at = excluded.last_at
		RETURNING count, previous_at`,
		who, now.Unix(), -int64(maxClockSkew.Seconds()), int64(attemptWindow.Seconds())).Scan(&n, &prior)
	if n > 1 {
		before = time.Unix(prior, 0)
	}
	return n, before, s.db.Wrap("miss", err)
}

// RefundAttempt takes the last wrong try of who back: it was none. The ones before
// still count, or a right one in between would make guessing free.
func (s *Store) RefundAttempt(ctx context.Context, who string) error {
	_, err := s.db.Write().ExecContext(ctx, `UPDATE attempts SET count = count - 1, last_at = previous_at WHERE client = $1 AND count > 0`, who)
	return s.db.Wrap("pardon", err)
}

// SweepAttempts removes the wrong tries that no longer count, and empties the journal.
func (s *Store) SweepAttempts(ctx context.Context, now time.Time) error {
	if _, err := s.db.Write().ExecContext(ctx, `DELETE FROM attempts WHERE last_at NOT BETWEEN $1 AND $2`, now.Add(-attemptWindow).Unix(), now.Add(maxClockSkew).Unix()); err != nil {
		return s.db.Wrap("sweep", err)
	}
	return s.db.Wrap("sweep", s.db.TruncateJournal(ctx))
}
