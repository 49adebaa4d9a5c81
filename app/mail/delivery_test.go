package mail

import (
	"context"
	"testing"
	"time"

	"joinery/app/i18n"
)

// wantDelivery wants a letter to have this delivery.
func (h *harness) wantDelivery(t *testing.T, id string, want Delivery) {
	t.Helper()
	got, err := DeliveryOf(t.Context(), h.DB, id)
	if err != nil || got.State != want.State || !got.At.Equal(want.At) || got.Cause != want.Cause {
		t.Errorf("the letter is %q at %v about %q, %v, want %+v", got.State, got.At, got.Cause, err, want)
	}
}

func TestDeliveryOf(t *testing.T) {
	busy, refusal := &Failure{Step: recipient, Code: 451, Cause: Passing}, &Failure{Step: recipient, Code: 550, Cause: Address}
	for end, wantEnd := range map[*Failure]State{nil: Accepted, refusal: Refused} {
		t.Run(string(wantEnd), func(t *testing.T) {
			answers := []error{busy, &Failure{Step: connecting, Cause: Passing}, nil}
			if end != nil {
				answers[2] = end
			}
			h := newHarness(t, nil)
			l := newConfirmation(t, "zoe@example.net", i18n.English)
			h.Sender = senderFunc(func(context.Context, Letter) error {
				if len(answers) == 3 { // during the first attempt
					h.wantDelivery(t, l.ID, Delivery{State: Queued})
				}
				answer := answers[0]
				answers = answers[1:]
				return answer
			})
			h.wantDelivery(t, l.ID, Delivery{})
			h.enqueue(t, l)
			h.wantDelivery(t, l.ID, Delivery{State: Queued})
			for range 2 {
				h.deliver(t)
				due := h.due(t, l.ID)
				h.wantDelivery(t, l.ID, Delivery{Deferred, due, Passing})
				if !due.After(h.time) {
					t.Errorf("the next attempt is at %v, which is over at %v", due, h.time)
				}
				h.time = due
			}
			h.deliver(t)
			want := Delivery{State: wantEnd, At: h.time}
			if end != nil {
				want.Cause = Address
			}
			h.wantDelivery(t, l.ID, want)
			h.time = h.time.Add(retention)
			if err := h.Purge(t.Context()); err != nil {
				t.Fatal(err)
			}
			h.wantDelivery(t, l.ID, want) // also without its content
			h.time = h.time.Add(time.Second)
			if err := h.Purge(t.Context()); err != nil {
				t.Fatal(err)
			}
			h.wantDelivery(t, l.ID, Delivery{})
		})
	}
}

// due returns the time of the next attempt of a letter.
func (h *harness) due(t *testing.T, id string) time.Time {
	t.Helper()
	var due int64
	if err := h.DB.Read().QueryRowContext(t.Context(), `SELECT due FROM mails WHERE id = $1`, id).Scan(&due); err != nil {
		t.Fatal(err)
	}
	return time.Unix(due, 0)
}

func TestDeliveryOfAnUnknownLetter(t *testing.T) {
	h := newHarness(t, nil)
	for _, id := range []string{"", "unknown", "' OR 1=1 --"} {
		h.wantDelivery(t, id, Delivery{})
	}
	if err := h.DB.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := DeliveryOf(t.Context(), h.DB, "x"); err == nil {
		t.Error("with the file closed there is no error")
	}
}
