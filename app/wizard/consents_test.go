package wizard_test

import (
	"slices"
	"testing"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// wantConsents wants these consents to be kept in the draft of b.
func wantConsents(t *testing.T, b *journeytest.Browser, want ...string) {
	t.Helper()
	if got := b.Wizard.SavedConsents(b.Progress(t)); !slices.Equal(got, want) {
		t.Errorf("the draft keeps the consents %q, want %q", got, want)
	}
}

func TestTheConsentsThatTheFormAsksForAreKept(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		journeytest.Must(t, j.SaveConsents(t.Context(), b.Session, []string{"made up", "news"}))
		wantConsents(t, b, "news")
		b.WantNext(t, "")
		journeytest.Must(t, j.SaveConsents(t.Context(), b.Session, nil))
		wantConsents(t, b)
	})
}

func TestAConsentIsForTheWordsBesideIt(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Browser(j.Finished(t))
	journeytest.Must(t, j.SaveConsents(t.Context(), b.Session, []string{"keep"}))
	j.ChangeForm(t, func(d *form.Definition) { d.Consents[0].Wording["fr"] = "Autre chose" })
	wantConsents(t, b) // the words of now were not shown
	journeytest.Must(t, j.SaveConsents(t.Context(), b.Session, []string{"keep"}))
	wantConsents(t, b, "keep")
}

func TestConsentsBeginNoDraft(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		for _, session := range []string{"", "x"} {
			journeytest.Must(t, j.SaveConsents(t.Context(), session, []string{"keep"}))
			j.Browser(session).WantNoDraft(t)
		}
		submitted := j.Submitted(t)
		err := j.SaveConsents(t.Context(), submitted, []string{"keep"})
		journeytest.WantError(t, "SaveConsents of a draft that was submitted", err, wizard.ErrSubmitted)
		if kept := j.KeptDrafts(t); len(kept) > 0 {
			t.Errorf("the store keeps the drafts %q, want none", kept)
		}
	})
}

func TestConsentsThatAreNotSavedAreReported(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Finished(t)
	j.HookDrafts(t).BeforeSave = func(string) error { return errFailed }
	err := j.SaveConsents(t.Context(), session, []string{"keep"})
	journeytest.WantError(t, "SaveConsents", err, wizard.ErrNotSaved)
}

// TestConsentsThatTheDraftDoesNotTakeAreReported has the draft end between loading and
// saving, and be larger than drafts can be now.
func TestConsentsThatTheDraftDoesNotTakeAreReported(t *testing.T) {
	t.Parallel()
	for stored, want := range map[error]error{draft.ErrNotFound: wizard.ErrDraftGone, draft.ErrTooLarge: wizard.ErrTooLarge} {
		j := journeytest.New(t)
		session := j.Finished(t)
		j.HookDrafts(t).BeforeSave = func(string) error { return stored }
		journeytest.WantError(t, "SaveConsents", j.SaveConsents(t.Context(), session, []string{"keep"}), want)
	}
}
