package mail

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"joinery/app/i18n"
)

// running returns a harness whose queue runs until the end of the test, by the clock of a
// synctest bubble, without letters yet.
func running(t *testing.T, s Sender) *harness {
	t.Helper()
	h := newHarness(t, s)
	h.Now = time.Now
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- h.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	synctest.Wait()
	return h
}

// TestAnIdleQueueDoesNotWrite takes the writing connection away from an idle queue, which
// has no letter or one that is due later.
func TestAnIdleQueueDoesNotWrite(t *testing.T) {
	for name, letters := range map[string]int{"empty": 0, "with a letter that is due later": 1} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				sent := 0
				h := running(t, senderFunc(func(context.Context, Letter) error { sent++; return nil }))
				for range letters {
					l := freshLetter(t)
					l.Due = l.Due.Add(2 * time.Hour)
					h.enqueue(t, l)
				}
				h.Wake()
				synctest.Wait()
				h.wantNoWriteFor(t, 50*time.Minute) // purging is due every hour
				time.Sleep(2 * time.Hour)
				synctest.Wait()
				if sent != letters {
					t.Errorf("%d letters were sent, want %d", sent, letters)
				}
			})
		})
	}
}

func (h *harness) wantNoWriteFor(t *testing.T, long time.Duration) {
	t.Helper()
	conn, err := h.DB.Write().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	before := h.DB.Write().Stats().WaitCount
	time.Sleep(long)
	synctest.Wait()
	if n := h.DB.Write().Stats().WaitCount - before; n != 0 {
		t.Errorf("an idle queue has waited %d times for the writing connection", n)
	}
}

// freshLetter returns a letter that was ordered now.
func freshLetter(t *testing.T) Letter {
	t.Helper()
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	l.Due = time.Now()
	return l
}

// TestADeferredLetterIsTriedAtItsTime and not seconds later.
func TestADeferredLetterIsTriedAtItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var tries []time.Time
		h := running(t, senderFunc(func(context.Context, Letter) error {
			tries = append(tries, time.Now())
			return &Failure{Step: recipient, Code: 451}
		}))
		l := freshLetter(t)
		h.enqueue(t, l)
		h.Wake()
		for n := range 8 {
			synctest.Wait()
			if len(tries) != n+1 {
				t.Fatalf("after %d due times there were %d tries, want %d", n, len(tries), n+1)
			}
			due := h.due(t, l.ID)
			time.Sleep(time.Until(due))
		}
	})
}

// TestALetterIsFoundWithoutWake within a minute: another process has queued it.
func TestALetterIsFoundWithoutWake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent := 0
		h := running(t, senderFunc(func(context.Context, Letter) error { sent++; return nil }))
		time.Sleep(time.Hour)
		h.enqueue(t, freshLetter(t))
		time.Sleep(maxWait)
		synctest.Wait()
		if sent != 1 {
			t.Errorf("it was sent %d times, want once", sent)
		}
	})
}

// TestAQueueOutlivesAFileThatCannotBeWritten logs each failure and tries again later.
func TestAQueueOutlivesAFileThatCannotBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent := 0
		h := running(t, senderFunc(func(context.Context, Letter) error { sent++; return nil }))
		h.enqueue(t, freshLetter(t))
		h.exec(t, `CREATE TRIGGER refuse BEFORE UPDATE ON mails BEGIN SELECT RAISE(ABORT, 'refused'); END`)
		h.Wake()
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := strings.Count(h.log.String(), "refused"); sent != 0 || n == 0 || n > workers*13 {
			t.Errorf("meanwhile %d letters were sent and %d failures logged, want none and some", sent, n)
		}
		h.exec(t, `DROP TRIGGER refuse`)
		time.Sleep(time.Minute)
		synctest.Wait()
		if sent != 1 {
			t.Errorf("after the fault it was sent %d times, want once", sent)
		}
	})
}

func (h *harness) exec(t *testing.T, script string) {
	t.Helper()
	if _, err := h.DB.Write().ExecContext(t.Context(), script); err != nil {
		t.Fatal(err)
	}
}
