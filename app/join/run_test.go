package join

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

// running returns a bench in a synctest bubble, where hours pass at once, and a
// way to end what runs beside it. Its times are short: something is done every
// second.
func running(t *testing.T) (b *bench, stop func()) {
	t.Helper()
	b = newBench(t)
	b.Now = time.Now
	b.DraftTTL, b.WaitingTTL, b.RemindBefore = 12*time.Hour, 3*time.Hour, 4*time.Hour
	b.Drafts = openEmbedded(t, b)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- b.Run(ctx) }()
	synctest.Wait()
	return b, func() {
		cancel()
		fine(t, <-done)
	}
}

func TestRunAttendsAtOnceToWhoAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, stop := running(t)
		defer stop()
		w := b.at(t, "zoe@example.ca")
		b.RequestResumeLink("zoe@example.ca", i18n.English, "")
		synctest.Wait()
		wantSame(t, b.enter(t, b.way(t, tokens(b.letter(t, mail.Resume), "/resume/")[0]), "press"), w)
	})
}

func TestRunTidiesEveryHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, stop := running(t)
		defer stop()
		w := b.wanting(t)
		b.sent(t)
		time.Sleep(b.WaitingTTL + 90*time.Minute)
		b.wantCount(t, "applications WHERE state = 'expired'", 1)
		time.Sleep(b.DraftTTL - b.RemindBefore - b.WaitingTTL)
		b.wantCount(t, "mails WHERE kind = 'reminder'", 1)
		w.wantNext(t, "")
		time.Sleep(b.RemindBefore)
		w.wantNoDraft(t)
		b.wantCount(t, "draft_access", 0)
	})
}

func TestRunHasPressesCountWithinSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, stop := running(t)
		defer stop()
		b.sent(t)
		b.press(t, b.proof(t), member.Accept)
		time.Sleep(confirmDelay - time.Second)
		b.wantCount(t, "members", 0)
		time.Sleep(3 * time.Second)
		b.wantCount(t, "members", 1)
	})
}

// TestRunStoresWhatItCounted once a minute, and in the end.
func TestRunStoresWhatItCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, stop := running(t)
		b.sent(t)
		l := b.link(t, b.proof(t))
		b.RecordOpen(t.Context(), l, "GET", false)
		time.Sleep(61 * time.Second)
		b.wantCount(t, "link_opens WHERE kind = 'stranger' AND count = 1", 1)
		b.RecordOpen(t.Context(), l, "GET", false)
		stop()
		b.wantCount(t, "link_opens WHERE kind = 'stranger' AND count = 2", 1)
	})
}

// counted counts the failures that are logged, by what failed.
type counted struct {
	slog.Handler
	mu       *sync.Mutex
	failures map[string]int
}

func (c counted) Handle(_ context.Context, r slog.Record) error {
	if failed, ok := strings.CutSuffix(r.Message, "; will try again"); ok {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.failures[failed]++
	}
	return nil
}

func TestRunOutlivesFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, stop := running(t)
		failures := make(map[string]int)
		b.Log = slog.New(counted{slog.NewTextHandler(nil, nil), new(sync.Mutex), failures})
		b.sent(t)
		b.RecordOpen(t.Context(), b.link(t, b.proof(t)), "GET", false)
		fine(t, b.file.Close())
		time.Sleep(90*time.Minute + 500*time.Millisecond)
		stop()
		want := map[string]int{
			"applications not expired": 1, "drafts not reminded of": 1, "drafts not swept": 1,
			"openings not counted": 91, "presses not settled": 90 * 60,
		}
		if !maps.Equal(failures, want) {
			t.Errorf("the failures that were logged are %v, want %v", failures, want)
		}
	})
}

func TestReadyTellsWhichStoreDoesNotAnswer(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	fine(t, b.Ready(t.Context()))
	fine(t, b.file.Close())
	if err := b.Ready(t.Context()); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("Ready: %v, want it to say that the file is closed", err)
	}
}
