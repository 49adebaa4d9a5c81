package mail

import (
	"context"
	"database/sql"
	"slices"
	"testing"
	"time"
)

func (h *harness) redirect(t *testing.T, topic, to string) {
	t.Helper()
	if err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error { return Redirect(t.Context(), tx, h.Ring, topic, to) }); err != nil {
		t.Fatal(err)
	}
}

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
	h.redirect(t, "MEMBER", "new@example.net")
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

// TestAnAttemptUnderWayMayEndAfterRedirect at the address from before: unless it delivers the
// letter, that goes to the new address, also when the old one refuses it.
func TestAnAttemptUnderWayMayEndAfterRedirect(t *testing.T) {
	for name, tt := range map[string]struct {
		end   error
		after time.Duration // before the attempt
		want  string
	}{
		"well":           {nil, 0, "zoe@example.net"},
		"with a delay":   {&Failure{Step: recipient, Code: 451, Cause: Passing}, 0, "new@example.net"},
		"with a refusal": {&Failure{Step: recipient, Code: 550, Cause: Address}, 0, "new@example.net"},
		"as the last":    {&Failure{Step: connecting, Cause: Passing}, triedFor, "new@example.net"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, nil)
			var sent []string
			h.Sender = senderFunc(func(_ context.Context, l Letter) error {
				if l.To != "new@example.net" && h.time.Sub(written) >= tt.after {
					h.redirect(t, "MEMBER", "new@example.net")
				}
				if l.To != "new@example.net" && tt.end != nil {
					return tt.end
				}
				sent = append(sent, l.To+" "+l.Secrets[0])
				return nil
			})
			h.enqueue(t, newReminder(t, "MEMBER"))
			for range 100 {
				h.deliver(t)
				h.time = h.time.Add(time.Hour)
			}
			if _, err := RetryNow(t.Context(), h.DB, h.time); err != nil {
				t.Fatal(err)
			}
			h.deliver(t)
			if !slices.Equal(sent, []string{tt.want + " SECRET"}) {
				t.Errorf("sent %q, want one to %s", sent, tt.want)
			}
		})
	}
}
