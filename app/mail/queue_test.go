package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"joinery/app/i18n"
)

func TestALetterIsSentIfItsTransactionCommits(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	h := newHarness(t, r.sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.French)
	h.enqueue(t, l)
	if !h.deliver(t) || h.deliver(t) {
		t.Error("Deliver found no letter, or two")
	}
	got, err := receive(strings.NewReader(r.letters()[0].raw))
	if err != nil {
		t.Fatal(err)
	}
	if got.Subject != l.Subject || got.Text != l.Text || got.HTML != l.HTML || !got.Date.Equal(l.Written) {
		t.Errorf("arrived as %+v, want %+v", got, l)
	}
	if got := h.record(t, l.ID); got.state != "delivered" || got.secrets != "" || got.settled.Int64 != h.time.Unix() {
		t.Errorf("record %+v, want it delivered now, without its secrets", got)
	}
	h.wantDiscreet(t, l)
}

func TestNothingIsSentIfTheTransactionFails(t *testing.T) {
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { t.Error("sent"); return nil }))
	fault := errors.New("fault")
	err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error {
		return errors.Join(Enqueue(t.Context(), tx, h.Ring, newConfirmation(t, "zoe@example.net", i18n.English).Order), fault)
	})
	if !errors.Is(err, fault) || h.deliver(t) {
		t.Errorf("Deliver found a letter (InTx: %v)", err)
	}
}

func TestManyDeliverersSendALetterOnce(t *testing.T) {
	var sent sync.Map
	var twice atomic.Bool
	h := newHarness(t, senderFunc(func(_ context.Context, l Letter) error {
		if _, again := sent.LoadOrStore(l.ID, true); again {
			twice.Store(true)
		}
		return nil
	}))
	for range 20 {
		h.enqueue(t, newConfirmation(t, "zoe@example.net", i18n.English))
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for tried := true; tried; {
				var err error
				if tried, err = h.Deliver(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	n := 0
	sent.Range(func(any, any) bool { n++; return true })
	if n != 20 || twice.Load() {
		t.Errorf("%d of 20 letters were sent, one of them twice: %v", n, twice.Load())
	}
}

func TestAnAttemptCutOffByACrashIsMadeAgainAfterItsLease(t *testing.T) {
	var ids []string
	h := newHarness(t, senderFunc(func(_ context.Context, l Letter) error { ids = append(ids, l.ID); return nil }))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	if _, err := h.claim(t.Context(), later); err != nil { // as before a crash
		t.Fatal(err)
	}
	if h.time = h.time.Add(lease - time.Second); h.deliver(t) {
		t.Error("the lease is not kept")
	}
	if h.time = h.time.Add(time.Second); !h.deliver(t) || len(ids) != 1 || ids[0] != l.ID {
		t.Errorf("sent %v after the lease, want %s", ids, l.ID)
	}
}

func TestPurgeRemovesLettersFinishedAWeekAgo(t *testing.T) {
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { return nil }))
	h.enqueue(t, newConfirmation(t, "zoe@example.net", i18n.English))
	h.deliver(t)
	waiting := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, waiting)
	for _, tt := range []struct {
		wait time.Duration
		want string
	}{{retention, "2"}, {time.Second, "1"}} {
		h.time = h.time.Add(tt.wait)
		if err := h.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := h.DB.Read().QueryRow(`SELECT count(*) FROM mails`).Scan(&n); err != nil || fmt.Sprint(n) != tt.want {
			t.Errorf("%d letters are kept, %v, want %s", n, err, tt.want)
		}
	}
	if got := h.record(t, waiting.ID); got.state != "waiting" {
		t.Errorf("the letter that waits is kept as %+v", got)
	}
}

func TestRunSendsOnWakeAndFinishesItsAttempts(t *testing.T) {
	begun, finish := make(chan Letter), make(chan struct{})
	h := newHarness(t, senderFunc(func(ctx context.Context, l Letter) error {
		begun <- l
		<-finish
		return ctx.Err()
	}))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- h.Run(ctx) }()
	var l Letter
	for n := range 5 { // the first may be found without Wake
		if n > 0 {
			finish <- struct{}{}
		}
		l = newConfirmation(t, "zoe@example.net", i18n.English)
		h.enqueue(t, l)
		h.Wake()
		select {
		case got := <-begun:
			if got.ID != l.ID {
				t.Errorf("sends %s, want %s", got.ID, l.ID)
			}
		case <-time.After(maxWait / 2):
			t.Fatal("Wake wakes no worker")
		}
	}
	stop()
	select {
	case err := <-ended:
		t.Fatalf("Run ended before the letter was sent: %v", err)
	default:
	}
	close(finish)
	if err := <-ended; err != nil {
		t.Errorf("Run: %v", err)
	}
	if got := h.record(t, l.ID); got.state != "delivered" {
		t.Errorf("record %+v, want it delivered", got)
	}
}

func TestWakeNeverBlocks(t *testing.T) {
	var q Queue
	for range 3 {
		q.Wake()
	}
}
