package join

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// running returns a bench in a synctest bubble, where hours pass at once, and a
// way to end what runs beside it.
func running(t *testing.T) (b *bench, stop func()) {
	t.Helper()
	b = newBench(t)
	b.Now = time.Now
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
		b.Ask("zoe@example.ca", i18n.English)
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
		b.wantCount(t, "drafts", 0)
	})
}

// counted counts the failures that are logged.
type counted struct {
	slog.Handler
	n *int
}

func (c counted) Handle(_ context.Context, r slog.Record) error {
	if strings.Contains(r.Message, "will try again") {
		*c.n++
	}
	return nil
}

func TestRunOutlivesFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, stop := running(t)
		n := 0
		b.Log = slog.New(counted{slog.NewTextHandler(nil, nil), &n})
		fine(t, b.file.Close())
		time.Sleep(90 * time.Minute)
		stop()
		if n != 3 {
			t.Errorf("%d failures were logged, want one of each kind", n)
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
