package mail

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestWhatAPersonWaitsForGoesFirst(t *testing.T) {
	var sent []Kind
	h := newHarness(t, senderFunc(func(_ context.Context, l Letter) error { sent = append(sent, l.Kind); return nil }))
	h.Write = func(_ context.Context, o Order) (Letter, error) { return Letter{Order: o}, nil }
	for i, kind := range []Kind{Reminder, Welcome, Updated, Resume, Confirm} {
		o := NewOrder(kind, "zoe@example.org", "fr", written.Add(time.Duration(i)*time.Second))
		h.enqueue(t, Letter{Order: o})
		if kind == Reminder { // it was tried once
			h.exec(t, `UPDATE mails SET attempts = 1, priority = 2`)
		}
	}
	h.time = h.time.Add(time.Minute)
	for h.deliver(t) {
	}
	if want := "[resume confirm welcome updated reminder]"; fmt.Sprint(sent) != want {
		t.Errorf("sent in the order %v, want %s", sent, want)
	}
}

// TestTenThousandLettersDelayNoConfirmation has each attempt take 100 ms, by a clock of the
// test, so that the queue could not send them all within 10 seconds.
func TestTenThousandLettersDelayNoConfirmation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var came sync.Map
		h := running(t, senderFunc(func(_ context.Context, l Letter) error {
			time.Sleep(100 * time.Millisecond)
			came.Store(l.ID, time.Now())
			return nil
		}))
		h.Write = func(_ context.Context, o Order) (Letter, error) { return Letter{Order: o}, nil }
		h.queueMany(t, 10_000)
		h.Wake()
		time.Sleep(time.Second)
		for i := range 3 {
			o := NewOrder(Confirm, fmt.Sprintf("zoe%d@example.org", i), "fr", time.Now())
			h.enqueue(t, Letter{Order: o})
			h.Wake()
			time.Sleep(10 * time.Second)
			at, ok := came.Load(o.ID)
			if !ok || at.(time.Time).Sub(o.Due) > time.Second {
				t.Errorf("the confirmation that was due at %v came at %v", o.Due, at)
			}
		}
	})
}

// queueMany queues welcomes and reminders, and letters that were tried already.
func (h *harness) queueMany(t *testing.T, n int) {
	t.Helper()
	err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error {
		for i := range n {
			kind := []Kind{Welcome, Reminder, Confirm, Resume}[i%4]
			if err := Enqueue(t.Context(), tx, h.Ring, NewOrder(kind, fmt.Sprintf("x%d@example.net", i), "fr", h.Now())); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(t.Context(), `UPDATE mails SET attempts = 1, priority = 2 WHERE kind IN ('confirm', 'resume')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRetriesThatHangLeaveAWorker for the first attempts.
func TestRetriesThatHangLeaveAWorker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var came sync.Map
		h := running(t, senderFunc(func(_ context.Context, l Letter) error {
			came.Store(l.ID, time.Now())
			if l.To == "hangs@example.org" {
				time.Sleep(30 * time.Second)
				return &Failure{Step: content}
			}
			return nil
		}))
		h.Write = func(_ context.Context, o Order) (Letter, error) { return Letter{Order: o}, nil }
		for range 50 {
			h.enqueue(t, Letter{Order: NewOrder(Confirm, "hangs@example.org", "fr", time.Now())})
		}
		h.exec(t, `UPDATE mails SET attempts = 1, priority = 2`)
		h.Wake()
		time.Sleep(5 * time.Second)
		for _, kind := range []Kind{Confirm, Resume, Welcome, Updated, Reminder} {
			o := NewOrder(kind, "zoe@example.org", "fr", time.Now())
			h.enqueue(t, Letter{Order: o})
			h.Wake()
			time.Sleep(time.Second)
			if _, ok := came.Load(o.ID); !ok {
				t.Errorf("a letter of the kind %s waits for the retries", kind)
			}
		}
	})
}

// TestClaimingReadsTheIndex with many letters due and many that wait for their turn.
func TestClaimingReadsTheIndex(t *testing.T) {
	h := newHarness(t, nil)
	rows, err := h.DB.Read().QueryContext(t.Context(), `EXPLAIN QUERY PLAN SELECT `+firstDue(later), 0, h.time.Unix())
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		if want := "SEARCH mails USING INDEX mails_priority (priority=? AND due<?)"; detail == want {
			n++
		} else if detail[:4] != "SCAL" && detail != "SCAN CONSTANT ROW" {
			t.Errorf("the plan has %q", detail)
		}
	}
	if n != 3 {
		t.Errorf("%d look-ups read the index, want 3", n)
	}
}
