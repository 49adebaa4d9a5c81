package mail

import (
	"context"
	"testing"
	"time"

	"joinery/app/i18n"
)

// wantDelivery wants a letter to stand so.
func (o *office) wantDelivery(t *testing.T, id string, want Delivery) {
	t.Helper()
	got, err := DeliveryOf(t.Context(), o.DB, id)
	if err != nil || got.State != want.State || !got.At.Equal(want.At) {
		t.Errorf("the letter is %q at %v, %v, want %q at %v", got.State, got.At, err, want.State, want.At)
	}
}

func TestHowALetterStands(t *testing.T) {
	busy, refusal := &Failure{Step: recipient, Code: 451}, &Failure{Step: recipient, Code: 550}
	for end, wantEnd := range map[*Failure]State{nil: Accepted, refusal: Refused} {
		t.Run(string(wantEnd), func(t *testing.T) {
			answers := []error{busy, &Failure{Step: connecting}, nil}
			if end != nil {
				answers[2] = end
			}
			o := newOffice(t, nil)
			l := newConfirmation(t, "zoe@example.net", i18n.English)
			o.Sender = senderFunc(func(context.Context, Letter) error {
				if len(answers) == 3 { // during the first attempt
					o.wantDelivery(t, l.ID, Delivery{State: Queued})
				}
				answer := answers[0]
				answers = answers[1:]
				return answer
			})
			o.wantDelivery(t, l.ID, Delivery{})
			o.enqueue(t, l)
			o.wantDelivery(t, l.ID, Delivery{State: Queued})
			for range 2 {
				o.deliver(t)
				due := o.due(t, l.ID)
				o.wantDelivery(t, l.ID, Delivery{Deferred, due})
				if !due.After(o.time) {
					t.Errorf("the next attempt is at %v, which is over at %v", due, o.time)
				}
				o.time = due
			}
			o.deliver(t)
			want := Delivery{wantEnd, o.time}
			o.wantDelivery(t, l.ID, want)
			o.time = o.time.Add(retention)
			if err := o.Purge(t.Context()); err != nil {
				t.Fatal(err)
			}
			o.wantDelivery(t, l.ID, want) // also without its words
			o.time = o.time.Add(time.Second)
			if err := o.Purge(t.Context()); err != nil {
				t.Fatal(err)
			}
			o.wantDelivery(t, l.ID, Delivery{})
		})
	}
}

// due returns when a letter is tried next.
func (o *office) due(t *testing.T, id string) time.Time {
	t.Helper()
	var due int64
	if err := o.DB.Read().QueryRowContext(t.Context(), `SELECT due FROM mails WHERE id = $1`, id).Scan(&due); err != nil {
		t.Fatal(err)
	}
	return time.Unix(due, 0)
}

func TestALetterThatIsGivenUpIsRefused(t *testing.T) {
	o := newOffice(t, senderFunc(func(context.Context, Letter) error { return &Failure{Step: content} }))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	o.enqueue(t, l)
	for range maxAttempts {
		o.wantState(t, l.ID, Queued, Deferred)
		o.time = o.due(t, l.ID)
		o.deliver(t)
	}
	o.wantDelivery(t, l.ID, Delivery{Refused, o.time})
}

func (o *office) wantState(t *testing.T, id string, either, or State) {
	t.Helper()
	if got, err := DeliveryOf(t.Context(), o.DB, id); err != nil || got.State != either && got.State != or {
		t.Errorf("the letter is %q, %v, want %s or %s", got.State, err, either, or)
	}
}

func TestNobodyKnowsALetterThatNeverWas(t *testing.T) {
	o := newOffice(t, nil)
	for _, id := range []string{"", "unknown", "' OR 1=1 --"} {
		o.wantDelivery(t, id, Delivery{})
	}
	if err := o.DB.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := DeliveryOf(t.Context(), o.DB, "x"); err == nil {
		t.Error("with the file closed there is no error")
	}
}
