package access

import (
	"context"
	"time"
)

// FollowTTL has no draft end later than ttl after the save that its end counts from: nothing
// is kept for a longer time of before, and a draft that has ended by itself does not seem
// lost. When drafts are kept for longer now, they end as noted, since Redis forgets them
// then; their next saves make it longer. The drafts that earlier versions have begun end as
// noted too: of them that save is not known. Call it at the start, before the store is used.
func (s *Store) FollowTTL(ctx context.Context, ttl time.Duration) error {
	_, err := s.db.Write().ExecContext(ctx, `
		UPDATE draft_access SET expires_at = noted_at + $1
		WHERE sealed_key <> '' AND noted_at > 0 AND expires_at > noted_at + $1`, int64(ttl/time.Second))
	return s.db.Wrap("follow TTL", err)
}
