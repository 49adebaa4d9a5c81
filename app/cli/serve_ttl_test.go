package cli

import (
	"log/slog"
	"testing"
	"time"

	"joinery/app/dbtest"
	"joinery/app/journeytest"
)

// TestOnlyTheSiteFollowsItsDraftTTL and check, which may try another setting before the site
// is restarted with it, leaves the drafts as they are.
func TestOnlyTheSiteFollowsItsDraftTTL(t *testing.T) {
	t.Parallel()
	s := serving(t)
	s.stop()
	journeytest.Must(t, <-s.ended)
	cfg := s.cfg
	cfg.DraftTTL = time.Hour
	p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler)) // as check does
	journeytest.Must(t, err)
	journeytest.Must(t, p.Close())
	var seconds int64
	file := dbtest.Open(t, cfg.Database)
	journeytest.Must(t, file.Read().QueryRowContext(t.Context(), `SELECT seconds FROM draft_ttl`).Scan(&seconds))
	if got := time.Duration(seconds) * time.Second; got != s.cfg.DraftTTL {
		t.Errorf("the drafts follow %v, want %v", got, s.cfg.DraftTTL)
	}
}
