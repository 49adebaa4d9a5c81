package confirm_test

import (
	"errors"
	"testing"

	"joinery/app/confirm"
	"joinery/app/journeytest"
)

// TestAnInterruptedCorrectionIsClearedWhenItsApplicationEnds leaves the answers of
// an application in the store of drafts, where no browser can open or delete them.
func TestAnInterruptedCorrectionIsClearedWhenItsApplicationEnds(t *testing.T) {
	for name, interrupt := range map[string]func(*testing.T, *journeytest.Journey, string){
		"after one section was restored":  interruptRestoring,
		"after the answers were restored": interruptMoving,
	} {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				j.HookDrafts(t)
				session := j.Finished(t)
				j.MustSubmit(t, session)
				interrupt(t, j, session)
				if len(j.KeptDrafts(t)) == 0 {
					t.Fatal("the interruption leaves nothing to be cleared")
				}
				a := j.MustApplication(t, session)
				journeytest.Must(t, j.Members.Withdraw(t.Context(), a.ID, j.Time))
				journeytest.Must(t, j.Confirm.ClearDiscarded(t.Context()))
				if kept := j.KeptDrafts(t); len(kept) > 0 {
					t.Errorf("the store of drafts keeps %q", kept)
				}
			})
		})
	}
}

// TestARefusedCorrectionRestoresNothing has the file of members refuse every write.
func TestARefusedCorrectionRestoresNothing(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		session := j.Finished(t)
		j.MustSubmit(t, session)
		allow := refuse(t, j, "UPDATE ON applications")
		if err := j.StartCorrection(t.Context(), session); err == nil {
			t.Error("StartCorrection succeeds though the file refuses")
		}
		allow()
		if kept := j.KeptDrafts(t); len(kept) > 0 {
			t.Errorf("the store of drafts keeps %q", kept)
		}
	})
}

// TestAnApplicationThatWasConfirmedMeanwhileIsNotCorrected confirms it after the
// page was read from which the correction is asked for.
func TestAnApplicationThatWasConfirmedMeanwhileIsNotCorrected(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		session := j.Finished(t)
		j.MustSubmit(t, session)
		a := j.MustApplication(t, session)
		j.ConfirmNewest(t)
		if err := j.Confirm.StartCorrection(t.Context(), a, a.Draft); !errors.Is(err, confirm.ErrNoApplication) {
			t.Errorf("StartCorrection: %v, want ErrNoApplication", err)
		}
		if kept := j.KeptDrafts(t); len(kept) > 0 {
			t.Errorf("the store of drafts keeps %q", kept)
		}
	})
}
