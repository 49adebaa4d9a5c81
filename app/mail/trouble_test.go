package mail

import (
	"context"
	"fmt"
	"testing"
	"time"

	"joinery/app/i18n"
)

// troubled returns a harness with one letter for each way to fail, by the local part of its
// address, each given up or put off.
func troubled(t *testing.T, giveUp bool) *harness {
	t.Helper()
	causes := map[string]Cause{"ours@example.net": Ours, "full@example.net": Full, "passing@example.net": Passing, "silent@example.net": Unanswered, "wrong@example.net": Address}
	h := newHarness(t, senderFunc(func(_ context.Context, l Letter) error {
		if l.To == "fine@example.net" {
			return nil
		}
		return &Failure{Step: recipient, Code: 550, Status: "5.7.1", Cause: causes[l.To]}
	}))
	for _, to := range []string{"ours@example.net", "full@example.net", "passing@example.net", "silent@example.net", "wrong@example.net", "fine@example.net"} {
		h.enqueue(t, newConfirmation(t, to, i18n.English))
	}
	for h.deliver(t) || giveUp && h.time.Sub(written) < 100*time.Hour {
		if giveUp {
			h.time = h.time.Add(30 * time.Minute)
		}
	}
	return h
}

func TestTheQueueIsCounted(t *testing.T) {
	for giveUp, want := range map[bool]string{
		false: "[{confirm accepted 1} {confirm deferred 4} {confirm refused 1}]",
		true:  "[{confirm accepted 1} {confirm given-up 4} {confirm refused 1}]",
	} {
		h := troubled(t, giveUp)
		if got, err := Counts(t.Context(), h.DB); err != nil || fmt.Sprint(got) != want {
			t.Errorf("Counts: %v, %v, want %s", got, err, want)
		}
	}
}

func TestTroublesTellWhyAndToWhom(t *testing.T) {
	h := troubled(t, false)
	all, err := Troubles(t.Context(), h.DB, h.Ring)
	if err != nil || len(all) != 5 {
		t.Fatalf("Troubles: %d, %v, want 5", len(all), err)
	}
	for _, l := range all {
		refused := l.To == "wrong@example.net"
		if l.Failure.Cause == "" || l.Failure.Error() != "mail: recipient: the server answered 550 5.7.1" || (l.State == Refused) != refused || l.Next.IsZero() != refused || l.Attempts != 1 {
			t.Errorf("a letter is told as %+v", l)
		}
	}
	h.cancel(t, "")
	h.exec(t, `UPDATE mails SET topic = 'T' WHERE cause <> 'address'`)
	h.cancel(t, "T")
	if all, err := Troubles(t.Context(), h.DB, h.Ring); err != nil || len(all) != 1 {
		t.Errorf("what was cancelled is told: %+v, %v", all, err)
	}
}

// TestRetryNowSendsWhatWasGivenUp but for wrong addresses, once the server is mended. Of what
// is put off it leaves what the server may have.
func TestRetryNowSendsWhatWasGivenUp(t *testing.T) {
	for giveUp, want := range map[bool]int{true: 4, false: 2} { // the letter that passes comes within a lease
		h := troubled(t, giveUp)
		n, err := RetryNow(t.Context(), h.DB, h.time)
		if err != nil || int(n) != want {
			t.Errorf("RetryNow: %d, %v, want %d", n, err, want)
		}
		sent := make(map[string]bool)
		h.Sender = senderFunc(func(_ context.Context, l Letter) error { sent[l.To] = true; return nil })
		for h.deliver(t) {
		}
		if len(sent) != want || sent["wrong@example.net"] || sent["silent@example.net"] != giveUp {
			t.Errorf("sent to %v, want %d letters", sent, want)
		}
	}
}

// TestRetryNowLeavesALetterThatIsBeingSent alone.
func TestRetryNowLeavesALetterThatIsBeingSent(t *testing.T) {
	h := newHarness(t, nil)
	h.Sender = senderFunc(func(context.Context, Letter) error { return &Failure{Step: recipient, Code: 451, Cause: Passing} })
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	h.deliver(t)
	h.time = h.due(t, l.ID)
	h.Sender = senderFunc(func(context.Context, Letter) error {
		if n, err := RetryNow(t.Context(), h.DB, h.time); n != 0 || err != nil {
			t.Errorf("RetryNow: %d, %v", n, err)
		}
		return nil
	})
	h.deliver(t)
}

// TestACancelledLetterIsNotKept when an attempt that was under way is given up.
func TestACancelledLetterIsNotKept(t *testing.T) {
	h := newHarness(t, nil)
	l := newReminder(t, "DRAFT1")
	h.Sender = senderFunc(func(context.Context, Letter) error {
		h.cancel(t, "DRAFT1")
		return &Failure{Step: content, Cause: Unanswered}
	})
	h.enqueue(t, l)
	h.exec(t, `UPDATE mails SET unanswered = 2`)
	h.deliver(t)
	h.wantForgotten(t, l)
	if n, err := RetryNow(t.Context(), h.DB, h.time); n != 0 || err != nil {
		t.Errorf("RetryNow: %d, %v", n, err)
	}
}
