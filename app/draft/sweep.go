package draft

import (
	"context"
	"fmt"
	"time"
)

// Run sweeps at once and then every hour until ctx is done. It logs a sweep that fails;
// the next one does its work. An expired draft cannot be loaded in any case.
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

// Sweep removes expired drafts from the file, and empties the journal, which still has
// copies of removed drafts.
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
