package access

import (
	"context"
	"time"
)

const (
	attemptWindow = 10 * time.Minute // how long after the last attempt the attempts before it still count
	maxClockSkew  = 24 * time.Hour   // an attempt further in the future was counted by a wrong clock
)

// keyedClient returns the name under which the attempts of a client are kept: there are so
// few networks that a digest without a key would tell them.
func (s *Store) keyedClient(digest string) string { return s.ring.Digest("client", digest) }

// CountAttempt counts one more wrong attempt of a client, which is named by a digest. It
// returns how many attempts there are with this one, and the time of the one before.
// Attempts at the same time are all counted. More than ten minutes after the last
// attempt the count begins anew, with no time before.
func (s *Store) CountAttempt(ctx context.Context, client string, now time.Time) (n int, before time.Time, err error) {
	var previous int64
	err = s.db.Write().QueryRowContext(ctx, `
		INSERT INTO attempts (client, count, last_at) VALUES ($1, 1, $2)
		ON CONFLICT (client) DO UPDATE SET
			count = CASE WHEN excluded.last_at - attempts.last_at NOT BETWEEN $3 AND $4 THEN 1 ELSE attempts.count + 1 END,
			previous_at = CASE WHEN excluded.last_at - attempts.last_at NOT BETWEEN $3 AND $4 THEN 0 ELSE attempts.last_at END,
			last_at = excluded.last_at
		RETURNING count, previous_at`,
		s.keyedClient(client), now.Unix(), -int64(maxClockSkew.Seconds()), int64(attemptWindow.Seconds())).Scan(&n, &previous)
	if n > 1 {
		before = time.Unix(previous, 0)
	}
	return n, before, s.db.Wrap("count attempt", err)
}

// Attempts returns how many wrong attempts of a client count now. It makes no row.
func (s *Store) Attempts(ctx context.Context, client string, now time.Time) (n int, err error) {
	err = s.db.Read().QueryRowContext(ctx, `SELECT coalesce(sum(count), 0) FROM attempts WHERE client = $1 AND $2 - last_at BETWEEN $3 AND $4`,
		s.keyedClient(client), now.Unix(), -int64(maxClockSkew.Seconds()), int64(attemptWindow.Seconds())).Scan(&n)
	return n, s.db.Wrap("attempts", err)
}

// RefundAttempt takes back the last attempt of a client, which was not wrong. The
// attempts before it still count: a right code in between must not make guessing free.
func (s *Store) RefundAttempt(ctx context.Context, client string) error {
	_, err := s.db.Write().ExecContext(ctx, `UPDATE attempts SET count = count - 1, last_at = previous_at WHERE client = $1 AND count > 0`, s.keyedClient(client))
	return s.db.Wrap("refund attempt", err)
}

// SweepAttempts removes the attempts that no longer count, and empties the journal.
func (s *Store) SweepAttempts(ctx context.Context, now time.Time) error {
	_, err := s.db.Write().ExecContext(ctx, `DELETE FROM attempts WHERE last_at NOT BETWEEN $1 AND $2`,
		now.Add(-attemptWindow).Unix(), now.Add(maxClockSkew).Unix())
	if err != nil {
		return s.db.Wrap("sweep attempts", err)
	}
	return s.db.Wrap("sweep attempts", s.db.TruncateJournal(ctx))
}
