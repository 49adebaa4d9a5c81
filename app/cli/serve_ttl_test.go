package cli

import (
	"context"
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
	s := serving(t, "zoe@example.ca")
	s.stop()
	journeytest.Must(t, <-s.ended)
	begun := s.firstEnd(t)
	s.cfg.DraftTTL -= 24 * time.Hour
	p, err := Open(t.Context(), s.cfg, templates, time.Now, slog.New(slog.DiscardHandler)) // as check does
	journeytest.Must(t, err)
	defer p.Close()
	if got := s.firstEnd(t); got != begun {
		t.Errorf("without the site the draft ends %d s later", got-begun)
	}
	ctx, stop := context.WithCancel(t.Context())
	ready := make(announced, 10)
	go func() {
		s.ended <- (&program{embedded: templates, log: slog.New(slog.DiscardHandler)}).serve(ctx, s.cfg, p, ready)
	}()
	select {
	case <-ready:
	case err := <-s.ended:
		t.Fatalf("joinery serve ends with %v", err)
	}
	stop()
	journeytest.Must(t, <-s.ended)
	if got := s.firstEnd(t); got != begun-24*60*60 {
		t.Errorf("with the site the draft ends %d s later, want a day sooner", got-begun)
	}
}

// firstEnd returns when the draft that ends first ends, in Unix seconds.
func (s *site) firstEnd(t *testing.T) (at int64) {
	t.Helper()
	file := dbtest.Open(t, s.cfg.Database)
	journeytest.Must(t, file.Read().QueryRowContext(t.Context(), `SELECT min(expires_at) FROM draft_access`).Scan(&at))
	return at
}
