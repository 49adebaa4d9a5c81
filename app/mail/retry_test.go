package mail

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"joinery/app/i18n"
)

func TestATemporaryRefusalIsTriedAgainLaterWithTheSameMessageID(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	busy := &smtp.SMTPError{Code: 451, Message: "zoe@example.net, come back later"}
	r.refuse["RCPT"], r.refuse["DATA"] = []error{busy}, []error{busy}
	h := newHarness(t, r.sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	for attempt, wait := range []time.Duration{time.Minute, 2 * time.Minute} {
		if !h.deliver(t) {
			t.Fatalf("attempt %d was not made", attempt+1)
		}
		if got := h.record(t, l.ID); got.state != "waiting" || got.code != 451 || got.secrets == "" {
			t.Errorf("record %+v, want it waiting after 451, with its secrets", got)
		}
		h.time = h.time.Add(wait - time.Second)
		if h.deliver(t) {
			t.Errorf("attempt %d came before %v", attempt+2, wait)
		}
		h.time = h.time.Add(wait/4 + time.Second)
	}
	if !h.deliver(t) || len(r.letters()) != 1 {
		t.Fatalf("%d letters arrived, want one", len(r.letters()))
	}
	if want := "Message-ID: <" + l.ID + "@example.org>\r\n"; !strings.Contains(r.letters()[0].raw, want) {
		t.Errorf("no %q in\n%s", want, r.letters()[0].raw)
	}
	h.wantDiscreet(t, l)
}

func TestAPermanentRefusalIsRecordedAndNotTriedAgain(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	r.refuse["RCPT"] = []error{&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "who is zoe@example.net?"}}
	h := newHarness(t, r.sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	h.deliver(t)
	want := record{state: "abandoned", failure: "recipient", attempts: 1, code: 550, settled: sql.NullInt64{Int64: h.time.Unix(), Valid: true}}
	if got := h.record(t, l.ID); got != want {
		t.Errorf("record %+v, want %+v", got, want)
	}
	if h.time = h.time.Add(100 * time.Hour); h.deliver(t) {
		t.Error("it was tried again")
	}
	h.wantDiscreet(t, l)
}

func TestLettersOutlastAServerThatIsDown(t *testing.T) {
	addr := closedPort(t)
	h := newHarness(t, (&relay{addr: addr}).sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	for range 5 {
		if !h.deliver(t) {
			t.Fatal("no attempt")
		}
		h.time = h.time.Add(2 * time.Hour)
	}
	r := startRelay(t, addr, nil)
	if !h.deliver(t) || len(r.letters()) != 1 {
		t.Errorf("%d letters arrived after the server came back, want one", len(r.letters()))
	}
	h.wantDiscreet(t, l)
}

func TestALetterIsGivenUpAfterThreeDays(t *testing.T) {
	down := senderFunc(func(context.Context, Letter) error { return &net.OpError{Op: "dial", Err: errors.New("down")} })
	h := newHarness(t, down)
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	for h.record(t, l.ID).state == "waiting" {
		if !h.deliver(t) {
			h.time = h.time.Add(time.Minute)
		}
		if h.time.Sub(written) > 100*time.Hour {
			t.Fatal("it is tried for ever")
		}
	}
	if took := h.time.Sub(written); took < 60*time.Hour || took > 84*time.Hour {
		t.Errorf("given up after %v, want about three days", took)
	}
	if got := h.record(t, l.ID); got.state != "abandoned" || got.secrets == "" {
		t.Errorf("record %+v, want it abandoned, with its secrets: it may be tried again", got)
	}
}

func TestAnAttemptThatOutlivesItsLeaseChangesNothing(t *testing.T) {
	h := newHarness(t, nil)
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	for name, late := range map[string]error{"a delay": &Failure{Step: content, Code: 451, Cause: Passing}, "a refusal": &Failure{Step: content, Code: 554, Cause: Address}} {
		l.ID += "X"
		h.enqueue(t, l)
		h.Sender = senderFunc(func(context.Context, Letter) error {
			h.time = h.time.Add(lease) // meanwhile another worker delivers it
			h.Sender = senderFunc(func(context.Context, Letter) error { return nil })
			h.deliver(t)
			return late
		})
		h.deliver(t)
		if got := h.record(t, l.ID); got.state != "delivered" {
			t.Errorf("after %s that came late: %+v, want it delivered", name, got)
		}
		if h.time = h.time.Add(100 * time.Hour); h.deliver(t) {
			t.Errorf("after %s that came late, it is sent again", name)
		}
	}
}

func TestALateFailureKeepsTheLeaseOfTheNextAttempt(t *testing.T) {
	h := newHarness(t, nil)
	h.Sender = senderFunc(func(context.Context, Letter) error {
		h.time = h.time.Add(lease)
		if _, err := h.claim(t.Context(), later); err != nil { // another worker begins
			t.Error(err)
		}
		return &Failure{Step: content, Code: 451}
	})
	h.enqueue(t, newConfirmation(t, "zoe@example.net", i18n.English))
	h.deliver(t)
	if h.time = h.time.Add(lease - time.Second); h.deliver(t) {
		t.Error("a third attempt begins during the second")
	}
}

// TestWhatTheServerRefusesUsIsTriedAgainAndLoggedAsAnError until the server is mended.
func TestWhatTheServerRefusesUsIsTriedAgainAndLoggedAsAnError(t *testing.T) {
	denied := &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "zoe@example.net: Relay access denied"}
	r := startRelay(t, "127.0.0.1:0", nil)
	r.refuse["RCPT"] = []error{denied, denied, denied}
	h := newHarness(t, r.sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	for n, wait := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour} {
		h.deliver(t)
		due := h.due(t, l.ID)
		h.wantDelivery(t, l.ID, Delivery{Deferred, due, Ours})
		if got := due.Sub(h.time); got < wait || got > wait*5/4 {
			t.Errorf("after attempt %d it is tried again in %v, want %v", n+1, got, wait)
		}
		h.time = due
	}
	if n := strings.Count(h.log.String(), `level=ERROR msg="mail not delivered yet"`); n != 3 || !strings.Contains(h.log.String(), "554 5.7.1") {
		t.Errorf("the log has %d errors: %s", n, h.log.String())
	}
	h.wantDiscreet(t, l)
	if h.deliver(t); len(r.letters()) != 1 {
		t.Errorf("%d letters arrived after the server was mended, want one", len(r.letters()))
	}
}

// TestALetterWithoutAnAnswerIsSentAgainSeldom since its reader may have it each time.
func TestALetterWithoutAnAnswerIsSentAgainSeldom(t *testing.T) {
	r := script(t, instead(5, "hang up")...)
	h := newHarness(t, r.sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	var sent []time.Duration
	for h.record(t, l.ID).state == "waiting" {
		if h.deliver(t) {
			sent = append(sent, h.time.Sub(written))
		}
		h.time = h.time.Add(time.Minute)
	}
	if len(sent) != 3 || sent[1] < time.Hour || sent[2]-sent[1] < 6*time.Hour {
		t.Errorf("the letter was sent after %v, want it three times, with long pauses", sent)
	}
	if got, err := DeliveryOf(t.Context(), h.DB, l.ID); err != nil || got.State != GivenUp || got.Cause != Unanswered {
		t.Errorf("it is %+v, %v, want it given up without an answer", got, err)
	}
}

// TestALetterThatFailedOftenIsNotGivenUpAtTheFirstRefusalOfUs but tried for its three days.
func TestALetterThatFailedOftenIsNotGivenUpAtTheFirstRefusalOfUs(t *testing.T) {
	end := &Failure{Step: connecting, Cause: Passing}
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { return end }))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	for h.time.Sub(written) < 60*time.Hour {
		h.deliver(t)
		h.time = h.due(t, l.ID)
	}
	end = &Failure{Step: recipient, Code: 554, Status: "5.7.1", Cause: Ours}
	if h.deliver(t); h.record(t, l.ID).state != "waiting" {
		t.Error("it is given up")
	}
}

// TestALetterThatWaitedForTheProgramHasAttempts though its three days are over.
func TestALetterThatWaitedForTheProgramHasAttempts(t *testing.T) {
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { return &Failure{Step: connecting, Cause: Passing} }))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	h.time = h.time.Add(100 * time.Hour)
	for range minAttempts - 1 {
		h.deliver(t)
		h.wantState(t, l.ID, Deferred)
		h.time = h.due(t, l.ID)
	}
	h.deliver(t)
	h.wantState(t, l.ID, GivenUp)
}

func (h *harness) wantState(t *testing.T, id string, want State) {
	t.Helper()
	if got, err := DeliveryOf(t.Context(), h.DB, id); err != nil || got.State != want {
		t.Errorf("the letter is %q, %v, want %s", got.State, err, want)
	}
}
