package journeytest

import (
	"testing"

	"joinery/app/confirm"
)

// MembersLeave removes all members, so that no mailbox has one.
func (j *Journey) MembersLeave(t testing.TB) {
	t.Helper()
	_, err := j.File.Write().ExecContext(t.Context(), `DELETE FROM members`)
	Must(t, err)
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
