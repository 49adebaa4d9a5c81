package mail

import (
	"context"
	"database/sql"
	"slices"
	"testing"
	"time"
)

// TestLettersFollowToAnotherAddress with their secrets, those that were given up too, and
// count in its budgets. Letters about something else stay.
func TestLettersFollowToAnotherAddress(t *testing.T) {
	var sent []string
	h := newHarness(t, senderFunc(func(_ context.Context, l Letter) error {
		if l.To == "zoe@example.net" {
			return &Failure{Step: connecting, Cause: Passing}
		}
		sent = append(sent, l.To+" "+l.Secrets[0])
		return nil
	}))
	mine, other := newReminder(t, "MEMBER"), newReminder(t, "ANOTHER")
	h.enqueue(t, mine)
	for range 200 { // until it is given up
		h.deliver(t)
		h.time = h.time.Add(time.Hour)
	}
	h.enqueue(t, other)
	if state := h.record(t, mine.ID).state; state != "abandoned" {
		t.Fatalf("the letter is %s", state)
	}
	if err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error { return Redirect(t.Context(), tx, h.Ring, "MEMBER", "new@example.net") }); err != nil {
		t.Fatal(err)
	}
	if _, err := RetryNow(t.Context(), h.DB, h.time); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		h.deliver(t)
	}
	if !slices.Equal(sent, []string{"new@example.net SECRET"}) {
		t.Errorf("sent %q", sent)
	}
	for to, want := range map[string]int{"new@example.net": 1, "zoe@example.net": 1} {
		if all, err := LettersTo(t.Context(), h.DB, h.Ring, to); err != nil || len(all) != want {
			t.Errorf("the letters to %s are %+v, %v, want %d", to, all, err, want)
		}
	}
}
