package join

import (
	"reflect"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
)

// TestReceiptIsOfWhatWasSent before and after it is confirmed.
func TestReceiptIsOfWhatWasSent(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.finished(t)
	if _, err := b.Send(t.Context(), id, []string{"keep"}, i18n.French, ""); err != nil {
		t.Fatal(err)
	}
	sent, err := b.Sent(t.Context(), id)
	fine(t, err)
	b.pass(time.Hour)
	waits, err := b.Receipt(t.Context(), sent)
	fine(t, err)
	if !reflect.DeepEqual(waits.Application, sent) || !waits.Confirmed.IsZero() || !waits.Ends.Equal(noon.Add(b.WaitingTTL)) || waits.Definition != b.Form {
		t.Errorf("the receipt is %+v", waits)
	}

	fine(t, b.confirm(t.Context(), sent))
	confirmed, err := b.Sent(t.Context(), id)
	fine(t, err)
	if len(confirmed.Answers) > 0 {
		t.Errorf("the application has kept %v", confirmed.Answers)
	}
	b.pass(time.Hour)
	r, err := b.Receipt(t.Context(), confirmed)
	fine(t, err)
	if !reflect.DeepEqual(r.Answers, sent.Answers) || !reflect.DeepEqual(r.Consents, sent.Consents) {
		t.Errorf("the receipt is of %+v, want what was sent: %+v", r.Application, sent)
	}
	if r.State != member.Confirmed || !r.Confirmed.Equal(noon.Add(time.Hour)) || !r.Sent.Equal(noon) || !r.Ends.Equal(noon.Add(b.WaitingTTL)) {
		t.Errorf("the receipt is of %s, confirmed %v, sent %v, ends %v", r.State, r.Confirmed, r.Sent, r.Ends)
	}

	b.now = r.Ends.Add(-time.Second)
	_, err = b.Receipt(t.Context(), confirmed)
	fine(t, err)
	b.now = r.Ends
	_, err = b.Receipt(t.Context(), confirmed)
	wantError(t, "Receipt at the end", err, ErrNoReceipt)
}

// TestReceiptTellsNothingOfAnEarlierApplication: somebody else may have sent that
// one, or this one.
func TestReceiptTellsNothingOfAnEarlierApplication(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.joined(t, "zoe@example.ca")
	b.became(t, func(d *form.Definition) { d.Consents = d.Consents[:1] })
	b.pass(time.Hour)
	id := b.filledIn(t, "zoe@example.ca")
	b.send(t, id)
	sent, err := b.Sent(t.Context(), id)
	fine(t, err)
	b.confirmed(t)
	a, err := b.Sent(t.Context(), id)
	fine(t, err)
	r, err := b.Receipt(t.Context(), a)
	fine(t, err)
	if !reflect.DeepEqual(r.Consents, sent.Consents) {
		t.Errorf("the receipt is of the consents %+v, want %+v", r.Consents, sent.Consents)
	}
}

// TestThereIsNoReceiptOfWhatHasEnded in whichever way but confirmed.
func TestThereIsNoReceiptOfWhatHasEnded(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	for _, state := range []member.State{member.Replaced, member.Withdrawn, member.Expired, member.Confirmed} { // the last without a member
		_, err := b.Receipt(t.Context(), member.Application{ID: "made up", State: state, Sent: noon})
		wantError(t, string(state), err, ErrNoReceipt)
	}
}

// TestReceiptHasTheFormThatWasAnswered or, if nobody knows that any more, the
// one of now.
func TestReceiptHasTheFormThatWasAnswered(t *testing.T) {
	t.Parallel()
	b, before := benches["embedded"](t), new(form.Definition)
	b.Former = map[string]*form.Definition{"0": before}
	for version, want := range map[string]*form.Definition{"0": before, "1": b.Form, "unknown": b.Form} {
		r, err := b.Receipt(t.Context(), member.Application{State: member.Waiting, Form: version, Sent: noon})
		if err != nil || r.Definition != want {
			t.Errorf("the receipt of version %s has %p, %v, want %p", version, r.Definition, err, want)
		}
	}
}
