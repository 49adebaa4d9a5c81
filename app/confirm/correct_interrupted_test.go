package confirm_test

import (
	"errors"
	"testing"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/wizard"
)

// interruptions leave the application of a browser as the program may leave it that
// ends in the middle of a correction. The last two are what an earlier version could
// leave, which did not change all tables in one step.
var interruptions = []struct {
	name  string
	leave func(*testing.T, *journeytest.Journey, string)
	email string // of the application that waits then
}{
	{"before anything", func(*testing.T, *journeytest.Journey, string) {}, "Zoe@hospital.example"},
	{"after one section was restored", interruptRestoring, "Zoe@hospital.example"},
	{"after the answers were restored", interruptMoving, "Zoe@hospital.example"},
	{"after the correction was noted", leaveNoted, "Zoe@hospital.example"},
	{"after the address was changed", leaveReplaced, "right@example.ca"},
}

// interruptRestoring stops a correction before the second section is saved.
func interruptRestoring(t *testing.T, j *journeytest.Journey, session string) {
	saved := 0
	drafts := j.Drafts.(*journeytest.HookedStore)
	drafts.BeforeSave = func(string) error {
		if saved++; saved > 1 {
			return errors.New("the store has failed")
		}
		return nil
	}
	if err := j.StartCorrection(t.Context(), session); err == nil {
		t.Error("StartCorrection succeeds though the store fails")
	}
	drafts.BeforeSave = nil
}

// interruptMoving stops a correction before the browsers hold it.
func interruptMoving(t *testing.T, j *journeytest.Journey, session string) {
	allow := refuse(t, j, "UPDATE ON sessions")
	if err := j.StartCorrection(t.Context(), session); err == nil {
		t.Error("StartCorrection succeeds though the file refuses")
	}
	allow()
}

func leaveNoted(t *testing.T, j *journeytest.Journey, session string) {
	a := j.MustApplication(t, session)
	exec(t, j, `UPDATE applications SET correction = $1 WHERE id = $2`, confirm.CorrectionKey(a.Draft), a.ID)
}

// leaveReplaced changes the address, and has the sessions lead to the draft of before.
func leaveReplaced(t *testing.T, j *journeytest.Journey, session string) {
	before := j.MustApplication(t, session).Draft
	journeytest.Must(t, j.ChangeEmail(t.Context(), session, "right@EXAMPLE.ca", ""))
	exec(t, j, `INSERT INTO draft_access (draft, expires_at) VALUES ($1, $2)`, before, j.Time.Add(j.DraftTTL).Unix())
	exec(t, j, `UPDATE sessions SET draft = $1 WHERE draft = $2`, before, confirm.CorrectionKey(before))
}

// TestAfterAnInterruptedCorrectionAllGoesOn does what people do then: look, change the
// address, correct the answers, or ask for another letter and use it.
func TestAfterAnInterruptedCorrectionAllGoesOn(t *testing.T) {
	for _, tt := range interruptions {
		t.Run(tt.name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				j.Limits.PerAddress = mail.Budget{}
				j.HookDrafts(t)
				interrupted := func() (session string, was member.Application, old string) {
					j.MembersLeave(t)
					session = j.Submitted(t)
					was, old = j.MustApplication(t, session), j.ConfirmToken(t)
					tt.leave(t, j, session)
					return session, was, old
				}
				session, was, old := interrupted()
				if a := j.MustApplication(t, session); a.State != member.Waiting || a.Email != tt.email {
					t.Errorf("the browser sees the application %s, of %q, want it waiting, of %s", a.State, a.Email, tt.email)
				}
				journeytest.Must(t, j.ChangeEmail(t.Context(), session, "right@EXAMPLE.ca", ""))
				wantChangedEmail(t, j, was, old, session)
				wantKept(t, j) // nothing of the correction
				j.Resend(t, session)
				j.ConfirmNewest(t)

				session, _, _ = interrupted()
				journeytest.Must(t, j.StartCorrection(t.Context(), session))
				want := form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"none"}}
				if tt.email == "right@example.ca" {
					want["mail"] = []string{"right@EXAMPLE.ca"}
				}
				j.Browser(session).WantTyped(t, want)
				j.MustSubmit(t, session)
				j.ConfirmNewest(t)

				session, _, _ = interrupted()
				j.Resend(t, session)
				j.ConfirmNewest(t)
				wantState(t, j, session, member.Confirmed)
				j.WantCount(t, "applications WHERE state = 'waiting'", 0)
			})
		})
	}
}

// TestAChangedAddressClearsAnInterruptedCorrection at the latest when the store can
// delete again.
func TestAChangedAddressClearsAnInterruptedCorrection(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		drafts := j.HookDrafts(t)
		session := j.Submitted(t)
		correction := confirm.CorrectionKey(j.MustApplication(t, session).Draft)
		interruptMoving(t, j, session)
		wantKept(t, j, correction)
		drafts.BeforeDelete = func(string) error { return errors.New("the store has failed") }
		journeytest.Must(t, j.ChangeEmail(t.Context(), session, "right@example.ca", ""))
		_, err := j.Progress(t.Context(), session)
		journeytest.WantError(t, "Progress", err, wizard.ErrSubmitted)
		wantDiscarded(t, j, correction)
		drafts.BeforeDelete = nil
		journeytest.Must(t, j.Confirm.ClearDiscarded(t.Context()))
		wantDiscarded(t, j)
		wantKept(t, j)
	})
}
