//go:build e2e

package cli

import (
	"context"
	"io"
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
	s.changeFormer(t, `UPDATE sections SET content = CAST('{"answers":{"city":["Chicoutimi"]}}' AS BLOB) WHERE draft = (SELECT min(key) FROM drafts)`)
	_, err := s.File.Write().ExecContext(t.Context(), `UPDATE draft_access SET may_be_clear = 1`)
	journeytest.Must(t, err)
	s.env["REDIS_URL"] = redistest.Start(t)
	return s
}

func (s waitingSite) changeFormer(t *testing.T, statement string) {
	t.Helper()
	file, err := db.Open(t.Context(), s.former(), db.Crash, draft.Migrations())
	journeytest.Must(t, err)
	_, err = file.Write().ExecContext(t.Context(), statement)
	journeytest.Must(t, err)
	journeytest.Must(t, file.Close())
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

// config returns the settings of the site, and parts what its work needs of it.
func (s waitingSite) config() config.Config {
	return config.Config{Drafts: s.former(), DraftTTL: s.DraftTTL, RedisURL: config.Secret(s.env["REDIS_URL"])}
}

func (s waitingSite) parts(log io.Writer) *Parts {
	return &Parts{now: s.Now, log: slog.New(slog.NewTextHandler(log, nil)), browsers: s.Access}
}

// wantCheck wants check to say of the former file what has the given beginning.
func (s waitingSite) wantCheck(t *testing.T, want string) {
	t.Helper()
	var out strings.Builder
	if checkFormer(t.Context(), s.config(), &out); !strings.HasPrefix(out.String(), want) || want == "" && out.Len() > 0 {
		t.Errorf("check says %q, want %q", out.String(), want)
	}
}

// keyOf returns the key of the draft of an address.
func (s waitingSite) keyOf(t *testing.T, address string) string {
	t.Helper()
	all, err := s.Access.ByEmail(t.Context(), address, 2)
	if err != nil || len(all) != 1 {
		t.Fatalf("%s has the drafts %v, %v", address, all, err)
	}
	return all[0].Draft
}

// TestErasingTakesWhatASiteLeftBehindWhenItMovedToRedis also what is in clear, and asks before.
func TestErasingTakesWhatASiteLeftBehindWhenItMovedToRedis(t *testing.T) {
	t.Parallel()
	s := newMovedSite(t)
	if n := s.formerCount(t); n != 2 || !strings.Contains(s.formerContent(t), "Chicoutimi") {
		t.Fatalf("there are %d drafts", n)
	}
	s.wantError(t, "there is no terminal to ask at", "erase", "zoe@example.ca")
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
	s.wantCheck(t, "warning: "+s.former()+" has drafts of before the site used Redis, which nobody can open now: 2.")
	s.Pass(s.DraftTTL + time.Hour)
	var log strings.Builder
	p := s.parts(&log)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	work := p.sweepFormer(ctx, s.config())
	go func() { ended <- work(ctx) }()
	for begun := time.Now(); s.formerCount(t) > 0 && time.Since(begun) < 10*time.Second; time.Sleep(10 * time.Millisecond) {
	}
	cancel()
	if err := <-ended; err != nil || s.formerCount(t) > 0 || strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "cannot be opened") {
		t.Errorf("it ended with %v and keeps %d; the log has\n%s", err, s.formerCount(t), log.String())
	}
	s.wantCheck(t, s.former()+" has no drafts, and the site uses Redis: you may delete the file")
	if p.sweepFormer(t.Context(), s.config()) != nil {
		t.Error("without drafts there is work")
	}
	journeytest.Must(t, os.Remove(s.former()))
	s.wantCheck(t, "")
}

// TestAFormerDraftGoesWithItsEntry since no command would find it then.
func TestAFormerDraftGoesWithItsEntry(t *testing.T) {
	t.Parallel()
	s := newMovedSite(t)
	p := s.parts(io.Discard)
	journeytest.Must(t, p.removeFormer(t.Context(), s.config()))
	if n := s.formerCount(t); n != 2 {
		t.Errorf("of two drafts that are known the file keeps %d", n)
	}
	journeytest.Must(t, s.Access.Forget(t.Context(), s.keyOf(t, "zoe@example.ca")))
	journeytest.Must(t, p.removeFormer(t.Context(), s.config()))
	if n := s.formerCount(t); n != 1 {
		t.Errorf("after one was forgotten the file keeps %d", n)
	}
	journeytest.Must(t, s.Access.MarkSubmitted(t.Context(), s.keyOf(t, "max@example.ca"), s.Time.Add(time.Hour)))
	journeytest.Must(t, p.removeFormer(t.Context(), s.config()))
	if n := s.formerCount(t); n != 0 || strings.Contains(s.formerContent(t), "Chicoutimi") {
		t.Errorf("after the other was submitted the file keeps %d, or an answer", n)
	}
}

// TestErasingMigratesNoFormerFile since there is no backup of it.
func TestErasingMigratesNoFormerFile(t *testing.T) {
	t.Parallel()
	s := newMovedSite(t)
	s.changeFormer(t, `DELETE FROM migrations WHERE name = (SELECT max(name) FROM migrations)`)
	before := s.formerContent(t)
	s.wantError(t, "was written by an earlier version", "erase", "zoe@example.ca", "--yes")
	if s.formerContent(t) != before {
		t.Error("the file has changed")
	}
	s.wantCheck(t, "warning: "+s.former()+" has drafts of before")
}

// TestErasingIsNotDoneWhileTheFormerFileHasCopies that a reader keeps in its journal.
func TestErasingIsNotDoneWhileTheFormerFileHasCopies(t *testing.T) {
	t.Parallel()
	s := newMovedSite(t)
	drafts, err := (&program{now: s.Now}).changeDrafts(t.Context(), s.config())
	journeytest.Must(t, err)
	defer drafts.Close()
	file, err := db.OpenReading(t.Context(), s.former(), draft.Migrations())
	journeytest.Must(t, err)
	defer file.Close()
	reading, err := file.Read().BeginTx(t.Context(), nil)
	journeytest.Must(t, err)
	var n int
	journeytest.Must(t, reading.QueryRowContext(t.Context(), `SELECT count(*) FROM drafts`).Scan(&n))
	journeytest.Must(t, drafts.Delete(t.Context(), s.keyOf(t, "zoe@example.ca")))
	if got, err := drafts.ClearCopies(t.Context()); err != nil || got != draft.Pending {
		t.Errorf("while the file is read, the copies are %q, %v", got, err)
	}
	journeytest.Must(t, reading.Rollback())
	if got, err := drafts.ClearCopies(t.Context()); err != nil || got != draft.Cleared {
		t.Errorf("afterwards the copies are %q, %v", got, err)
	}
}
