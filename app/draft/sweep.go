package draft

import (
	"context"
	"fmt"
	"time"
)

// Run sweeps at once and then every hour until ctx is done. A sweep that fails
// is logged and made up for by the next: what expired cannot be loaded anyway.
func (s *SQL) Run(ctx context.Context) error {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	for {
		if err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("sweeping drafts failed", "err", err)
		}
		select {
		case <-hourly.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// Sweep removes what expired from the file. The journal beside it, which
// still has a copy of that and of what was deleted, it empties.
func (s *SQL) Sweep(ctx context.Context) error {
	_, err := s.db.Write().ExecContext(ctx, `DELETE FROM drafts WHERE saved <= $1`, expiryCutoff(s.now(), s.ttl))
	if err != nil {
		return fmt.Errorf("draft: sweep: %w", err)
	}
	if err := s.db.TruncateJournal(ctx); err != nil {
		return fmt.Errorf("draft: sweep: %w", err)
	}
	return nil
}
