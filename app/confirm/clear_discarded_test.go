package confirm_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/member"
	"joinery/app/wizard"
)

// failDeletes has the draft store of j fail to delete any draft, until the returned
// store has no such hook any more.
func failDeletes(t *testing.T, j *journeytest.Journey) *journeytest.HookedStore {
	t.Helper()
	drafts := j.HookDrafts(t)
	drafts.BeforeDelete = func(string) error { return errors.New("the store has failed") }
	return drafts
}

// TestASubmittedDraftThatCouldNotBeDeletedIsDeletedSoon does not wait for the end of
// the draft, which is 30 days away.
func TestASubmittedDraftThatCouldNotBeDeletedIsDeletedSoon(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		drafts := failDeletes(t, j)
		b := j.Browser(j.Finished(t))
		key := b.Progress(t).Draft.Key
		for range 2 {
			j.MustSubmit(t, b.Session)
		}
		j.WantCount(t, "applications", 1)
		j.WantCount(t, "mails", 1)
		wantState(t, j, b.Session, member.Waiting)

		if err := j.Confirm.ClearDiscarded(t.Context()); err == nil {
			t.Error("ClearDiscarded succeeds though the store fails")
		}
		wantDiscarded(t, j, key)
		wantKept(t, j, key)
		drafts.BeforeDelete = nil
		j.Pass(time.Minute)
		journeytest.Must(t, j.Confirm.ClearDiscarded(t.Context()))
		wantDiscarded(t, j)
		wantKept(t, j)
		wantState(t, j, b.Session, member.Waiting)
	})
}

// TestNoPageShowsASubmittedDraftThatIsStillThere looks for it while the application
// waits, and after each way in which that can end.
func TestNoPageShowsASubmittedDraftThatIsStillThere(t *testing.T) {
	endings := map[string]func(*testing.T, *journeytest.Browser){
		"confirmed": func(t *testing.T, b *journeytest.Browser) { b.ConfirmNewest(t) },
		"withdrawn": func(t *testing.T, b *journeytest.Browser) {
			journeytest.Must(t, b.Members.Withdraw(t.Context(), b.MustApplication(t, b.Session).ID, b.Time))
		},
		"overdue": func(_ *testing.T, b *journeytest.Browser) { b.Pass(b.WaitingTTL) },
		"expired": func(t *testing.T, b *journeytest.Browser) {
			b.Pass(b.WaitingTTL + time.Second)
			journeytest.Must(t, b.Confirm.Expire(t.Context()))
		},
	}
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				failDeletes(t, j)
				b := j.Browser(j.Finished(t))
				key := b.Progress(t).Draft.Key
				j.MustSubmit(t, b.Session)
				wantSubmitted(t, b)
				end(t, b)
				wantKept(t, j, key)
				wantNothingBegun(t, b)
			})
		})
	}
}

// wantSubmitted wants the draft of b to wait for confirmation, so that it can neither
// be filled in nor deleted nor handed over, and submitting it again changes nothing.
func wantSubmitted(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	if p, err := b.Journey.Progress(t.Context(), b.Session); !errors.Is(err, wizard.ErrSubmitted) || p.HasDraft() {
		t.Errorf("while it waits Progress = %+v, %v, want ErrSubmitted", p, err)
	}
	_, err := b.Save(t.Context(), b.Session, wizard.Submission{Section: &b.Form.Sections[0]})
	journeytest.WantError(t, "while it waits Save", err, wizard.ErrSubmitted)
	journeytest.WantError(t, "while it waits Delete", b.Delete(t.Context(), b.Session), wizard.ErrSubmitted)
	journeytest.WantError(t, "while it waits CreateHandoff", b.CreateHandoff(t.Context(), b.Session, i18n.English), wizard.ErrSubmitted)
	b.MustSubmit(t, b.Session)
	b.WantCount(t, "applications", 1)
}

// wantNothingBegun wants b to hold no draft, and a save to begin another one, of
// which clearing the first deletes nothing.
func wantNothingBegun(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	b.WantNoDraft(t)
	_, err := b.Submit(t.Context(), b.Session, []string{"keep"}, i18n.English, "")
	journeytest.WantError(t, "after its end Submit", err, wizard.ErrNoDraft)
	before := b.Session
	result := b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"lang": {"en"}})
	if result.Session == before || result.Session == "" || result.Answers.First("mail") != "" {
		t.Errorf("Save = %+v, want another session than %s and nothing of the old answers", result, before)
	}
	b.Drafts.(*journeytest.HookedStore).BeforeDelete = nil
	journeytest.Must(t, b.Confirm.ClearDiscarded(t.Context()))
	wantKept(t, b.Journey, b.Progress(t).Draft.Key)
	b.WantTyped(t, form.Answers{"lang": {"en"}})
}

// TestASubmittedDraftThatIsStillThereIsNotWrittenAbout lets the time of its reminder
// come.
func TestASubmittedDraftThatIsStillThereIsNotWrittenAbout(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		drafts := failDeletes(t, j)
		b := j.Reminded(t)
		j.MustSubmit(t, b.Session)
		drafts.BeforeDelete = nil
		j.Pass(j.DraftTTL - j.RemindBefore)
		j.WantReminders(t, 0)
		journeytest.Must(t, j.Confirm.ClearDiscarded(t.Context()))
		wantKept(t, j)
		wantState(t, j, b.Session, member.Expired)
	})
}

// TestASubmissionThatAnEarlierVersionLeftHalfDoneIsCleared has the application
// written, and nothing else done: that version did not do both in one step.
func TestASubmissionThatAnEarlierVersionLeftHalfDoneIsCleared(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		drafts := failDeletes(t, j)
		b := j.Reminded(t)
		before := b.Progress(t).Info
		j.MustSubmit(t, b.Session)
		drafts.BeforeDelete = nil
		exec(t, j, `DELETE FROM discarded_drafts`)
		exec(t, j, `UPDATE draft_access SET answered_email = $1, contact_email = $2, expires_at = $3, sealed_key = NULL`, before.AnsweredEmail, before.ContactEmail, before.ExpiresAt.Unix())
		journeytest.Must(t, j.Access.SealEarlier(t.Context()))
		wantSubmitted(t, b)
		j.Pass(j.DraftTTL - j.RemindBefore)
		j.WantReminders(t, 0)
		journeytest.Must(t, j.Confirm.ClearDiscarded(t.Context()))
		wantKept(t, j)
		wantState(t, j, b.Session, member.Expired)
	})
}

func TestADiscardedDraftThatCannotBeDeletedKeepsNoOtherFromItsTurn(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	drafts := failDeletes(t, j)
	stays := j.Browser(j.Finished(t)).Progress(t).Draft.Key
	for _, session := range []string{j.FinishedAs(t, "ann@example.ca"), j.FinishedAs(t, "bob@example.ca")} {
		j.MustSubmit(t, session)
	}
	journeytest.Must(t, j.Access.Discard(t.Context(), stays))
	drafts.BeforeDelete = func(key string) error {
		if key == stays {
			return errors.New("the store has failed")
		}
		return nil
	}
	if err := j.Confirm.ClearDiscarded(t.Context()); err == nil {
		t.Error("ClearDiscarded says nothing of the draft that it cannot delete")
	}
	wantDiscarded(t, j, stays)
	wantKept(t, j, stays)
}

// TestClearDiscardedClearsAll has more drafts than are cleared between two questions
// to the store, of which one cannot be noted as cleared at first.
func TestClearDiscardedClearsAll(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	for i := range 2*confirm.ClearBatch + 10 {
		exec(t, j, `INSERT INTO discarded_drafts (draft) VALUES ($1)`, fmt.Sprint("draft ", i))
	}
	allow := refuse(t, j, "DELETE ON discarded_drafts WHEN OLD.draft = 'draft 0'")
	if err := j.Confirm.ClearDiscarded(t.Context()); err == nil {
		t.Error("ClearDiscarded says nothing of what it could not note")
	}
	allow()
	journeytest.Must(t, j.Confirm.ClearDiscarded(t.Context()))
	j.WantCount(t, "discarded_drafts", 0)
}
