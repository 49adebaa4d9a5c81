package mail

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// TestALetterIsWrittenAtEachAttempt with one Message-ID, and the Date of the attempt.
func TestALetterIsWrittenAtEachAttempt(t *testing.T) {
	var sent []Letter
	h := newHarness(t, senderFunc(func(_ context.Context, l Letter) error {
		sent = append(sent, l)
		return &Failure{Step: content, Code: 451}
	}))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	h.deliver(t)
	h.time = h.time.Add(48 * time.Hour)
	l.Text = "as things stand now"
	h.words.Store(l.ID, l)
	h.deliver(t)
	if len(sent) != 2 || sent[0].ID != sent[1].ID || sent[1].Text != l.Text {
		t.Fatalf("sent were %+v, want the letter as it is at each attempt, with one ID", sent)
	}
	if !sent[0].Written.Equal(written) || !sent[1].Written.Equal(h.time) {
		t.Errorf("the dates are %v and %v, want those of the attempts", sent[0].Written, sent[1].Written)
	}
}

// TestACrashAfterSendingSendsTheSameMessageAgain loses the answer of the server.
func TestACrashAfterSendingSendsTheSameMessageAgain(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	h := newHarness(t, r.sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	c, err := h.claim(t.Context(), later)
	if err != nil {
		t.Fatal(err)
	}
	first, err := h.Queue.write(t.Context(), &c)
	if err := errors.Join(err, h.Sender.Send(t.Context(), first)); err != nil { // and the program is killed
		t.Fatal(err)
	}
	h.time = h.time.Add(lease)
	if !h.deliver(t) || len(r.letters()) != 2 {
		t.Fatalf("%d letters arrived, want it twice", len(r.letters()))
	}
	for _, got := range r.letters() {
		if !strings.Contains(got.raw, "Message-ID: <"+l.ID+"@example.org>") {
			t.Errorf("it arrived as\n%s", got.raw)
		}
	}
}

func TestALetterWithNothingToSayIsGivenUp(t *testing.T) {
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { t.Error("sent"); return nil }))
	h.Write = func(context.Context, Order) (Letter, error) { return Letter{}, ErrEnded }
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	h.deliver(t)
	want := record{state: "abandoned", settled: sql.NullInt64{Int64: h.time.Unix(), Valid: true}}
	if got := h.record(t, l.ID); got != want {
		t.Errorf("record %+v, want %+v", got, want)
	}
	h.wantDiscreet(t, l)
}

func TestALetterThatCannotBeWrittenNowIsTriedAgain(t *testing.T) {
	sent := 0
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { sent++; return nil }))
	h.Write = func(context.Context, Order) (Letter, error) { return Letter{}, errors.New("the store is down") }
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	h.deliver(t)
	if got := h.record(t, l.ID); got.state != "waiting" || got.failure != "writing" || got.secrets == "" {
		t.Errorf("record %+v, want it waiting, with its secrets", got)
	}
	h.Write, h.time = h.write, h.due(t, l.ID)
	if h.deliver(t); sent != 1 {
		t.Errorf("it was sent %d times, want once", sent)
	}
}
