package confirm_test

import (
	"reflect"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/member"
)

// receipt returns the receipt of the application of a browser.
func receipt(t *testing.T, j *journeytest.Journey, session string) confirm.Receipt {
	t.Helper()
	r, err := j.Confirm.Receipt(t.Context(), j.MustApplication(t, session))
	journeytest.Must(t, err)
	return r
}

func TestAReceiptIsOfWhatWasSubmittedBeforeAndAfterTheConfirmation(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session, ends := j.Finished(t), journeytest.Noon.Add(j.WaitingTTL)
	if _, err := j.Submit(t.Context(), session, []string{"keep"}, i18n.French, ""); err != nil {
		t.Fatal(err)
	}
	submitted := j.MustApplication(t, session)
	j.Pass(time.Hour)
	waits := receipt(t, j, session)
	if !reflect.DeepEqual(waits.Application, submitted) || !waits.Confirmed.IsZero() || !waits.Ends.Equal(ends) || waits.Definition != j.Form {
		t.Errorf("the receipt is %+v", waits)
	}

	j.ConfirmNewest(t)
	confirmed := j.MustApplication(t, session)
	if len(confirmed.Answers) > 0 {
		t.Errorf("the application has kept %v", confirmed.Answers)
	}
	j.Pass(time.Hour)
	r := receipt(t, j, session)
	if !reflect.DeepEqual(r.Answers, submitted.Answers) || !reflect.DeepEqual(r.Consents, submitted.Consents) {
		t.Errorf("the receipt is of %+v, want what was submitted: %+v", r.Application, submitted)
	}
	if r.State != member.Confirmed || !r.Confirmed.Equal(journeytest.Noon.Add(time.Hour)) || !r.Sent.Equal(journeytest.Noon) || !r.Ends.Equal(ends) {
		t.Errorf("the receipt is of %s, confirmed %v, sent %v, ends %v", r.State, r.Confirmed, r.Sent, r.Ends)
	}

	j.Time = ends.Add(-time.Second)
	receipt(t, j, session)
	j.Time = ends
	_, err := j.Confirm.Receipt(t.Context(), confirmed)
	journeytest.WantError(t, "Receipt at the end", err, confirm.ErrNoReceipt)
}

// TestAReceiptSaysNothingOfAnEarlierApplication because another person may have sent
// that one, or this one.
func TestAReceiptSaysNothingOfAnEarlierApplication(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Join(t, "zoe@example.ca")
	j.ChangeForm(t, func(d *form.Definition) { d.Consents = d.Consents[:1] })
	j.Pass(time.Hour)
	session := j.FinishedAs(t, "zoe@example.ca")
	j.MustSubmit(t, session)
	submitted := j.MustApplication(t, session)
	j.ConfirmNewest(t)
	if r := receipt(t, j, session); !reflect.DeepEqual(r.Consents, submitted.Consents) {
		t.Errorf("the receipt is of the consents %+v, want %+v", r.Consents, submitted.Consents)
	}
}

// TestThereIsNoReceiptOfAnApplicationThatHasEnded in any way but confirmed, nor where
// the member has left.
func TestThereIsNoReceiptOfAnApplicationThatHasEnded(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	for _, state := range []member.State{member.Replaced, member.Withdrawn, member.Expired, member.Confirmed} { // the last without a member
		_, err := j.Confirm.Receipt(t.Context(), member.Application{ID: "made up", State: state, Sent: journeytest.Noon})
		journeytest.WantError(t, string(state), err, confirm.ErrNoReceipt)
	}
}

// TestAReceiptHasTheFormThatWasAnswered or, if that is not known any more, the present
// one.
func TestAReceiptHasTheFormThatWasAnswered(t *testing.T) {
	t.Parallel()
	before := new(form.Definition)
	j := journeytest.New(t, func(s *journeytest.Setup) { s.Former = map[string]*form.Definition{"0": before} })
	for version, want := range map[string]*form.Definition{"0": before, "1": j.Form, "unknown": j.Form} {
		r, err := j.Confirm.Receipt(t.Context(), member.Application{State: member.Waiting, Form: version, Sent: journeytest.Noon})
		if err != nil || r.Definition != want {
			t.Errorf("the receipt of version %s has %p, %v, want %p", version, r.Definition, err, want)
		}
	}
}
