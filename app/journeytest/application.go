package journeytest

import (
	"fmt"
	"testing"

	"joinery/app/confirm"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
	"joinery/app/seal"
	"joinery/app/wizard"
)

// Finished returns the session of a draft that can be submitted, of
// Zoe@Hospital.EXAMPLE.
func (j *Journey) Finished(t testing.TB) (session string) {
	t.Helper()
	return j.FinishedAs(t, "Zoe@Hospital.EXAMPLE")
}

// FinishedAs returns the session of a draft that can be submitted, of this address.
func (j *Journey) FinishedAs(t testing.TB, address string) (session string) {
	t.Helper()
	b := j.Browser("")
	b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {address}, "lang": {"fr"}})
	if result := b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}}); len(result.Problems) > 0 {
		t.Fatalf("the draft is not finished: %+v", result)
	}
	return b.Session
}

// Submitted returns the session of a draft that was submitted.
func (j *Journey) Submitted(t testing.TB) (session string) {
	t.Helper()
	session = j.Finished(t)
	j.MustSubmit(t, session)
	return session
}

// MustSubmit submits a draft with the consent that is required.
func (j *Journey) MustSubmit(t testing.TB, session string) {
	t.Helper()
	problems, err := j.Submit(t.Context(), session, []string{"keep"}, i18n.English, "")
	if err != nil || len(problems) > 0 {
		t.Fatalf("Submit: %v, %v", problems, err)
	}
}

// MustApplication returns the application of a browser.
func (j *Journey) MustApplication(t testing.TB, session string) member.Application {
	t.Helper()
	a, err := j.Application(t.Context(), session)
	Must(t, err)
	return a
}

// Confirmation returns how the confirmation stands that a browser waits for.
func (j *Journey) Confirmation(t testing.TB, session string) confirm.Confirmation {
	t.Helper()
	c, err := j.Confirm.Confirmation(t.Context(), j.MustApplication(t, session))
	Must(t, err)
	return c
}

// Resend asks for another letter at the earliest time at which that is possible.
func (j *Journey) Resend(t testing.TB, session string) {
	t.Helper()
	if next := j.Confirmation(t, session).NextAllowed; next.After(j.Time) {
		j.Time = next
	}
	Must(t, j.ResendConfirmation(t.Context(), session, ""))
}

// ConfirmNewest confirms by the link in the newest letter.
func (j *Journey) ConfirmNewest(t testing.TB) {
	t.Helper()
	Must(t, j.Confirm.Confirm(t.Context(), j.ConfirmLink(t, j.ConfirmToken(t)), ""))
}

// Join makes a member of the owner of an address.
func (j *Journey) Join(t testing.TB, address string) {
	t.Helper()
	j.MustSubmit(t, j.FinishedAs(t, address))
	j.ConfirmNewest(t)
}

// TypeCode types a code on the page that waits for confirmation, and returns what
// it says: the result and how many attempts are left.
func (j *Journey) TypeCode(t testing.TB, session, typed string) string {
	t.Helper()
	result, left, err := j.VerifyCode(t.Context(), session, typed)
	Must(t, err)
	return fmt.Sprint(result, " ", left)
}

// WantCodeResult types a code like TypeCode and wants the page to say so.
func (j *Journey) WantCodeResult(t testing.TB, session, typed, want string) {
	t.Helper()
	if got := j.TypeCode(t, session, typed); got != want {
		t.Errorf("typed on the page that waits, %q is %s, want %s", typed, got, want)
	}
}

// SaveLate leaves something of a draft that was submitted, as when the store fails
// at the moment at which it should have deleted it.
func (b *Browser) SaveLate(t testing.TB) {
	t.Helper()
	key := b.MustApplication(t, b.Session).Draft
	for _, section := range []string{"one", "two"} {
		_, err := b.Drafts.Save(t.Context(), draft.ID{Key: key, Seal: seal.NewKey()}, draft.Save{
			Section: section, Content: draft.Section{Answers: form.Answers{"mail": {"late@example.ca"}}, Form: b.Form.Version},
			At: b.Time, Base: draft.AnyVersion, Begin: true,
		})
		Must(t, err)
	}
}
