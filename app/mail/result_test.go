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
	o := newOffice(t, r.sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	o.enqueue(t, l)
	for attempt, wait := range []time.Duration{time.Minute, 2 * time.Minute} {
		if !o.deliver(t) {
			t.Fatalf("attempt %d was not made", attempt+1)
		}
		if got := o.record(t, l.ID); got.state != "waiting" || got.code != 451 || got.words == "" {
			t.Errorf("record %+v, want it waiting after 451, with its words", got)
		}
		o.time = o.time.Add(wait - time.Second)
		if o.deliver(t) {
			t.Errorf("attempt %d came before %v", attempt+2, wait)
		}
		o.time = o.time.Add(wait/4 + time.Second)
	}
	if !o.deliver(t) || len(r.letters()) != 1 {
		t.Fatalf("%d letters arrived, want one", len(r.letters()))
	}
	if want := "Message-ID: <" + l.ID + "@example.org>\r\n"; !strings.Contains(r.letters()[0].raw, want) {
		t.Errorf("no %q in\n%s", want, r.letters()[0].raw)
	}
	o.wantDiscreet(t, l)
}

func TestAPermanentRefusalEndsTheMatterAndIsRecorded(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	r.refuse["RCPT"] = []error{&smtp.SMTPError{Code: 550, Message: "who is zoe@example.net?"}}
	o := newOffice(t, r.sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	o.enqueue(t, l)
	o.deliver(t)
	want := record{state: "abandoned", failure: "recipient", attempts: 1, code: 550, settled: sql.NullInt64{Int64: o.time.Unix(), Valid: true}}
	if got := o.record(t, l.ID); got != want {
		t.Errorf("record %+v, want %+v", got, want)
	}
	if o.time = o.time.Add(100 * time.Hour); o.deliver(t) {
		t.Error("it was tried again")
	}
	o.wantDiscreet(t, l)
}

func TestLettersOutlastADeadServer(t *testing.T) {
	addr := closedPort(t)
	o := newOffice(t, (&relay{addr: addr}).sender(t, "smtp://HOST"))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	o.enqueue(t, l)
	for range 5 {
		if !o.deliver(t) {
			t.Fatal("no attempt")
		}
		o.time = o.time.Add(2 * time.Hour)
	}
	r := startRelay(t, addr, nil)
	if !o.deliver(t) || len(r.letters()) != 1 {
		t.Errorf("%d letters arrived after the server came back, want one", len(r.letters()))
	}
	o.wantDiscreet(t, l)
}

func TestALetterIsGivenUpAfterThreeDays(t *testing.T) {
	down := senderFunc(func(context.Context, Letter) error { return &net.OpError{Op: "dial", Err: errors.New("down")} })
	o := newOffice(t, down)
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	o.enqueue(t, l)
	for o.record(t, l.ID).state == "waiting" {
		if !o.deliver(t) {
			o.time = o.time.Add(time.Minute)
		}
		if o.time.Sub(written) > 100*time.Hour {
			t.Fatal("it is tried for ever")
		}
	}
	if took := o.time.Sub(written); took < 60*time.Hour || took > 84*time.Hour {
		t.Errorf("given up after %v, want about three days", took)
	}
	if got := o.record(t, l.ID); got.state != "abandoned" || got.words != "" {
		t.Errorf("record %+v, want it abandoned, without its words", got)
	}
}

func TestAnAttemptThatOutlivesItsLeaseUndoesNothing(t *testing.T) {
	o := newOffice(t, nil)
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	for name, late := range map[string]error{"a delay": &Failure{Step: content, Code: 451}, "a refusal": &Failure{Step: content, Code: 554}} {
		l.ID += "X"
		o.enqueue(t, l)
		o.Sender = senderFunc(func(context.Context, Letter) error {
			o.time = o.time.Add(lease) // meanwhile, a colleague delivers it
			o.Sender = senderFunc(func(context.Context, Letter) error { return nil })
			o.deliver(t)
			return late
		})
		o.deliver(t)
		if got := o.record(t, l.ID); got.state != "delivered" {
			t.Errorf("after %s that came late: %+v, want it delivered", name, got)
		}
		if o.time = o.time.Add(100 * time.Hour); o.deliver(t) {
			t.Errorf("after %s that came late, it is sent again", name)
		}
	}
}

func TestAFailureThatComesLateLeavesTheNextAttemptItsLease(t *testing.T) {
	o := newOffice(t, nil)
	o.Sender = senderFunc(func(context.Context, Letter) error {
		o.time = o.time.Add(lease)
		if _, _, err := o.claim(t.Context()); err != nil { // a colleague begins
			t.Error(err)
		}
		return &Failure{Step: content, Code: 451}
	})
	o.enqueue(t, newConfirmation(t, "zoe@example.net", i18n.English))
	o.deliver(t)
	if o.time = o.time.Add(lease - time.Second); o.deliver(t) {
		t.Error("a third attempt begins during the second")
	}
}
