package journeytest

import (
	"testing"

	"joinery/app/confirm"
	"joinery/app/mail"
)

// MembersLeave removes all members, so that no mailbox has one.
func (j *Journey) MembersLeave(t testing.TB) {
	t.Helper()
	_, err := j.File.Write().ExecContext(t.Context(), `DELETE FROM members`)
	Must(t, err)
}

// ChangeAddress gives a member another address, which its reader confirms.
func (j *Journey) ChangeAddress(t testing.TB, member, to string) {
	t.Helper()
	m, err := j.Members.ByID(t.Context(), member)
	Must(t, err)
	_, _, err = j.Confirm.AskAddressChange(t.Context(), m, to)
	Must(t, err)
	j.ConfirmAddress(t, j.Letter(t, mail.NewAddress))
}

// ConfirmAddress types the code of a letter on the page of its link.
func (j *Journey) ConfirmAddress(t testing.TB, asking mail.Letter) {
	t.Helper()
	link, err := j.Confirm.AddressLink(t.Context(), asking.Secrets[0])
	Must(t, err)
	after, _, _, err := j.Confirm.ConfirmAddress(t.Context(), link, asking.Secrets[1])
	Must(t, err)
	if after.Status != confirm.AddressDone {
		t.Fatalf("the link is %s", after.Status)
	}
}

// Answer answers, in the browser with a session, the question which of those who share
// the mailbox applied: with the reference of a member, or [confirm.SomeoneElse].
func (j *Journey) Answer(t testing.TB, session, answer string) confirm.AnswerResult {
	t.Helper()
	result, err := j.Confirm.Answer(t.Context(), j.MustApplication(t, session), session, answer)
	Must(t, err)
	return result
}

// OnlyMember returns the reference of the only member who shares the mailbox of an
// application.
func (j *Journey) OnlyMember(t testing.TB, session string) string {
	t.Helper()
	q, err := j.Confirm.Question(t.Context(), j.MustApplication(t, session))
	Must(t, err)
	if len(q.Members) != 1 {
		t.Fatalf("%d members share the mailbox, want one", len(q.Members))
	}
	return q.Members[0].Ref
}
