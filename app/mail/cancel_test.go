package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// newReminder returns a letter about a draft.
func newReminder(t *testing.T, about string) Letter {
	t.Helper()
	o := NewOrder(Reminder, "zoe@example.net", i18n.English, written)
	o.Topic, o.Secrets = about, []string{"SECRET"}
	l, err := newLetters(t).Reminder(o, reminding)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (h *harness) cancel(t *testing.T, about string) {
	t.Helper()
	if err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error { return Cancel(t.Context(), tx, about, h.time) }); err != nil {
		t.Fatal(err)
	}
}

// row returns all columns of a letter.
func (h *harness) row(t *testing.T, id string) string {
	t.Helper()
	rows, err := h.DB.Read().QueryContext(t.Context(), `SELECT * FROM mails WHERE id = $1`, id)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil || !rows.Next() {
		t.Fatalf("no letter %s (%v)", id, err)
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(values...)
}

// wantForgotten wants the file to have nothing of l, which has a topic, but the digests of
// its address.
func (h *harness) wantForgotten(t *testing.T, l Letter) {
	t.Helper()
	row := h.row(t, l.ID)
	for _, private := range []string{l.Topic, l.To, "application"} {
		if strings.Contains(row, private) {
			t.Errorf("%q is in the file: %s", private, row)
		}
	}
	if h.record(t, l.ID).secrets != "" {
		t.Errorf("its secrets are kept: %s", row)
	}
	if keys := keysOf(h.Ring, l.To); !strings.Contains(row, keys.address) || !strings.Contains(row, keys.mailbox) {
		t.Errorf("what the budget needs is not in the file: %s", row)
	}
}

func TestCancelGivesUpTheLettersWithATopic(t *testing.T) {
	var sent []string
	h := newHarness(t, senderFunc(func(_ context.Context, l Letter) error { sent = append(sent, l.ID); return nil }))
	mine, again, other := newReminder(t, "DRAFT1"), newReminder(t, "DRAFT1"), newReminder(t, "DRAFT2")
	none := newConfirmation(t, "zoe@example.net", i18n.English)
	for _, l := range []Letter{mine, other, none, again} {
		h.enqueue(t, l)
	}
	if row := h.row(t, mine.ID); !strings.Contains(row, "DRAFT1") || !strings.Contains(h.record(t, mine.ID).secrets, "SECRET") {
		t.Fatalf("the letter waits as %s", row)
	}
	h.time = h.time.Add(time.Minute)
	h.cancel(t, "DRAFT1")
	h.cancel(t, "") // cancels no letter, also none without a topic
	want := record{state: "abandoned", settled: sql.NullInt64{Int64: h.time.Unix(), Valid: true}}
	for _, l := range []Letter{mine, again} {
		if got := h.record(t, l.ID); got != want {
			t.Errorf("record %+v, want %+v", got, want)
		}
		h.wantForgotten(t, l)
	}
	for h.deliver(t) {
		h.time = h.time.Add(time.Hour)
	}
	if slices.Sort(sent); !slices.Equal(sent, slices.Sorted(slices.Values([]string{other.ID, none.ID}))) {
		t.Errorf("sent %q, want %s and %s", sent, other.ID, none.ID)
	}
}

func TestAFinishedLetterCountsInTheBudgets(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *harness){
		"delivered": func(t *testing.T, h *harness) { h.deliver(t) },
		"refused": func(t *testing.T, h *harness) {
			h.Sender = senderFunc(func(context.Context, Letter) error { return &Failure{Step: recipient, Code: 550} })
			h.deliver(t)
		},
		"cancelled after an attempt": func(t *testing.T, h *harness) {
			h.Sender = senderFunc(func(context.Context, Letter) error { return &Failure{Step: connecting} })
			h.deliver(t)
			h.cancel(t, "DRAFT1")
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, senderFunc(func(context.Context, Letter) error { return nil }))
			l := newReminder(t, "DRAFT1")
			l.Network = "network"
			h.enqueue(t, l)
			end(t, h)
			one := Budget{Max: 1, Per: time.Hour}
			if h.ask(t, &Limits{PerAddress: one}, newReminder(t, "DRAFT2").Order) {
				t.Error("another letter to the address was queued")
			}
			if h.ask(t, &Limits{PerNetwork: one, Log: slog.New(slog.DiscardHandler)}, asked(Resume, "ann@example.net", "network")) {
				t.Error("another letter for the network was queued")
			}
		})
	}
}

// TestALetterThatWasNeverTriedDoesNotCount once it is cancelled.
func TestALetterThatWasNeverTriedDoesNotCount(t *testing.T) {
	h := newHarness(t, nil)
	h.enqueue(t, newReminder(t, "DRAFT1"))
	h.cancel(t, "DRAFT1")
	if !h.ask(t, &Limits{PerAddress: Budget{Max: 1, Per: time.Hour}}, newReminder(t, "DRAFT2").Order) {
		t.Error("the next letter waits")
	}
}

func TestCancelIsRolledBackWithItsTransaction(t *testing.T) {
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { return nil }))
	l, fault := newReminder(t, "DRAFT1"), errors.New("fault")
	h.enqueue(t, l)
	err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error {
		return errors.Join(Cancel(t.Context(), tx, "DRAFT1", h.time), fault)
	})
	if !errors.Is(err, fault) || !h.deliver(t) {
		t.Errorf("the letter is not delivered (InTx: %v)", err)
	}
}

// TestAFinishedLetterHasNoTopic delivers one letter and has one refused.
func TestAFinishedLetterHasNoTopic(t *testing.T) {
	for want, end := range map[state]error{delivered: nil, abandoned: &Failure{Step: recipient, Code: 550, Cause: Address}} {
		h := newHarness(t, senderFunc(func(context.Context, Letter) error { return end }))
		l := newReminder(t, "DRAFT1")
		h.enqueue(t, l)
		h.deliver(t)
		h.wantForgotten(t, l)
		before := h.row(t, l.ID)
		h.time = h.time.Add(time.Hour)
		if h.cancel(t, "DRAFT1"); h.row(t, l.ID) != before || h.record(t, l.ID).state != string(want) {
			t.Errorf("Cancel changes what was %s before: %s, then %s", want, before, h.row(t, l.ID))
		}
	}
}

func TestAnAttemptUnderWayMayEndAfterCancel(t *testing.T) {
	tests := []struct {
		name string
		end  error
		want state
	}{
		{"well", nil, delivered},
		{"with a refusal", &Failure{Step: recipient, Code: 550}, abandoned},
		{"with a delay", &Failure{Step: recipient, Code: 451}, abandoned},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHarness(t, nil)
			h.Sender = senderFunc(func(context.Context, Letter) error {
				h.cancel(t, "DRAFT1")
				return tt.end
			})
			l := newReminder(t, "DRAFT1")
			h.enqueue(t, l)
			h.deliver(t)
			if got := h.record(t, l.ID); got.state != string(tt.want) {
				t.Errorf("record %+v, want it %s", got, tt.want)
			}
			if h.time = h.time.Add(100 * time.Hour); h.deliver(t) {
				t.Error("it is tried again")
			}
			h.wantForgotten(t, l)
			h.wantDiscreet(t, l)
		})
	}
}
