//go:build e2e

package cli

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/journeytest"
	"joinery/app/redistest"
)

// newMovedSite returns a site that has moved to Redis, with two drafts in its former file, as
// a version before sealing has saved them.
func newMovedSite(t *testing.T) waitingSite {
	t.Helper()
	s := newWaitingSite(t)
	s.FinishedAs(t, "zoe@example.ca")
	s.FinishedAs(t, "max@example.ca")
	file, err := db.Open(t.Context(), s.former(), db.Crash, draft.Migrations())
	journeytest.Must(t, err)
	_, err = file.Write().ExecContext(t.Context(), `UPDATE sections SET content = CAST('{"answers":{"city":["Chicoutimi"]}}' AS BLOB) WHERE draft = (SELECT min(key) FROM drafts)`)
	journeytest.Must(t, err)
	journeytest.Must(t, file.Close())
	s.env["REDIS_URL"] = redistest.Start(t)
	return s
}

// former returns the path of the former file.
func (s waitingSite) former() string { return filepath.Join(s.env["DATA"], "drafts.db") }

// formerContent returns all that the former file and its journal have.
func (s waitingSite) formerContent(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(s.former())
	journeytest.Must(t, err)
	journal, _ := os.ReadFile(s.former() + "-wal")
	return string(content) + string(journal)
}

// formerCount returns how many drafts the former file has.
func (s waitingSite) formerCount(t *testing.T) (n int) {
	t.Helper()
	file, err := db.OpenReading(t.Context(), s.former(), draft.Migrations())
	journeytest.Must(t, err)
	defer file.Close()
	journeytest.Must(t, file.Read().QueryRowContext(t.Context(), `SELECT count(*) FROM drafts`).Scan(&n))
	return n
}

// TestErasingTakesWhatASiteLeftBehindWhenItMovedToRedis also what is in clear.
func TestErasingTakesWhatASiteLeftBehindWhenItMovedToRedis(t *testing.T) {
	t.Parallel()
	s := newMovedSite(t)
	if n := s.formerCount(t); n != 2 || !strings.Contains(s.formerContent(t), "Chicoutimi") {
		t.Fatalf("there are %d drafts", n)
	}
	for i, address := range []string{"zoe@example.ca", "max@example.ca"} {
		if out, err := s.run(t, "erase", address, "--yes"); err != nil || !strings.Contains(out, ", 1 draft, ") {
			t.Errorf("erase prints\n%s%v", out, err)
		}
		if n := s.formerCount(t); n != 1-i {
			t.Errorf("after %s the file keeps %d drafts", address, n)
		}
	}
	if strings.Contains(s.formerContent(t), "Chicoutimi") {
		t.Error("an answer of an erased person is in the former file")
	}
}

// TestASiteThatMovedToRedisSweepsItsFormerFile and says so, once; check says what to do.
func TestASiteThatMovedToRedisSweepsItsFormerFile(t *testing.T) {
	t.Parallel()
	s := newMovedSite(t)
	cfg := config.Config{Drafts: s.former(), DraftTTL: s.DraftTTL, RedisURL: config.Secret(s.env["REDIS_URL"])}
	var out, log strings.Builder
	if checkFormerDrafts(cfg, &out); !strings.HasPrefix(out.String(), "warning: "+s.former()+" has drafts of before the site used Redis") {
		t.Errorf("check says %q", out.String())
	}
	s.Pass(s.DraftTTL + time.Hour)
	p := &Parts{now: s.Now, log: slog.New(slog.NewTextHandler(&log, nil))}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- p.sweepFormer(cfg)(ctx) }()
	for begun := time.Now(); s.formerCount(t) > 0 && time.Since(begun) < 10*time.Second; time.Sleep(10 * time.Millisecond) {
	}
	cancel()
	if err := <-ended; err != nil || s.formerCount(t) > 0 || strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "cannot be opened") {
		t.Errorf("it ended with %v and keeps %d; the log has\n%s", err, s.formerCount(t), log.String())
	}
	journeytest.Must(t, os.Remove(s.former()))
	if out.Reset(); p.sweepFormer(cfg) != nil {
		t.Error("without a file there is a job")
	}
	if checkFormerDrafts(cfg, &out); out.String() != "" {
		t.Errorf("without a file check says %q", out.String())
	}
}
