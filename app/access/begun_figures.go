package access

import (
	"context"
	"time"
)

// BegunInTotal returns how many drafts count in the budget of l for all together.
func (s *Store) BegunInTotal(ctx context.Context, l *BeginLimits, now time.Time) (n int, err error) {
	life := int64(l.Total.Per.Seconds()) + l.Total.slice()
	err = s.db.Read().QueryRowContext(ctx, `
		SELECT coalesce(sum(count), 0) FROM begun_drafts WHERE network = '' AND since > $1 AND since <= $2`,
		now.Unix()-life, now.Unix()).Scan(&n)
	return n, s.db.Wrap("begun", err)
}
