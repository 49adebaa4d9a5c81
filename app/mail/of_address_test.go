package mail

import (
	"context"
	"reflect"
	"testing"
	"time"

	"joinery/app/i18n"
)

func TestLettersToAnAddressAreFoundAndErasedInAnyCase(t *testing.T) {
	t.Parallel()
	refused := true
	h := newHarness(t, senderFunc(func(context.Context, Letter) error {
		if refused {
			return &Failure{Step: recipient, Code: 550, Cause: Address}
		}
		return nil
	}))
	other := newConfirmation(t, "zoe@example.network", i18n.English)
	h.enqueue(t, newConfirmation(t, "Zoe@example.net", i18n.English))
	h.deliver(t)
	refused = false
	h.enqueue(t, newConfirmation(t, "zoe@example.net", i18n.French))
	h.deliver(t)
	h.enqueue(t, newReminder(t, "DRAFT1"))
	h.enqueue(t, other)

	got, err := LettersTo(t.Context(), h.DB, h.Ring, "ZOE@example.net")
	want := []Record{
		{Confirm, Refused, Address, at(written), at(written)},
		{Confirm, Accepted, "", at(written), at(written)},
		{Reminder, Queued, "", at(written), time.Time{}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the letters are %+v, %v, want %+v", got, err, want)
	}
	for _, want := range []int{3, 0} {
		if n, err := EraseTo(t.Context(), h.DB, h.Ring, "ZOE@example.net"); n != want || err != nil {
			t.Errorf("%d letters are erased, %v, want %d", n, err, want)
		}
	}
	if left, err := LettersTo(t.Context(), h.DB, h.Ring, "zoe@example.net"); err != nil || len(left) > 0 {
		t.Errorf("%+v is left, %v", left, err)
	}
	h.row(t, other.ID)
}

// TestALetterMayBeErasedWhileItIsSent and is not sent again.
func TestALetterMayBeErasedWhileItIsSent(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.Sender = senderFunc(func(ctx context.Context, l Letter) error {
		if _, err := EraseTo(ctx, h.DB, h.Ring, l.To); err != nil {
			t.Error(err)
		}
		return &Failure{Step: recipient, Code: 451, Cause: Passing}
	})
	h.enqueue(t, newConfirmation(t, "zoe@example.net", i18n.English))
	if !h.deliver(t) {
		t.Fatal("there was no letter")
	}
	if h.time = h.time.Add(100 * time.Hour); h.deliver(t) {
		t.Error("it is tried again")
	}
}

// at returns a time as a store gives it back.
func at(when time.Time) time.Time { return time.Unix(when.Unix(), 0) }
