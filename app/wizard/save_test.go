package wizard_test

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/token"
	"joinery/app/wizard"
)

func TestAQuestionThatWasNotOnThePageIsNeverMissing(t *testing.T) {
	t.Parallel()
	b := journeytest.New(t).Begun(t)
	without := b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}})
	if !without.MoreQuestions || len(without.Problems) > 0 {
		t.Errorf("%+v, want more questions and no problem", without)
	}
	b.WantNext(t, "two")
	with := b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {}})
	if with.MoreQuestions || len(with.Problems) != 1 {
		t.Errorf("%+v, want one problem", with)
	}
}

func TestAnAnswerComesBackWithItsQuestion(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}})
		b.WantNext(t, "")
		b.Open(t, "two").MustSave(t, wizard.Autosave, form.Answers{"pet": {"cat"}})
		if got := b.Open(t, "two").Answers.First("petname"); got != "Łuna" {
			t.Errorf("the name is %q, want the one that was given", got)
		}
	})
}

func TestASessionThatWasMadeUpIsNeverTakenOver(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		key := j.Begun(t).Progress(t).Draft.Key
		for _, session := range []string{"", "x", token.Digest("x"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ", key} {
			for _, m := range modes {
				b := j.Browser(session)
				b.WantNoDraft(t)
				result := b.Open(t, "one").MustSave(t, m, form.Answers{"mail": {"zoe@example.ca"}})
				if result.Session == session || len(result.Session) < 26 || result.NewDraft {
					t.Errorf("with the session %q the draft has %q", session, result.Session)
				}
				j.Browser(session).WantNoDraft(t)
			}
		}
	})
}

func TestASaveThatFailsReturnsTheAnswers(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	p := b.Open(t, "two")
	journeytest.Must(t, j.Drafts.(io.Closer).Close())
	typed := form.Answers{"pet": {"cat"}, "petname": {"Łuna"}}
	for _, session := range []string{b.Session, ""} {
		if b.Session = session; session == "" {
			p = b.Open(t, "two") // a page that has shown no draft
		}
		result, err := p.Save(t, wizard.Continue, typed)
		journeytest.WantError(t, "Save", err, wizard.ErrNotSaved)
		for key, values := range typed {
			if !reflect.DeepEqual(result.Answers[key], values) {
				t.Errorf("%s is %q, want what was typed, %q", key, result.Answers[key], values)
			}
		}
	}
}

// TestAFailureOfEitherStoreIsReported has each step of a save fail, where the others
// succeed.
func TestAFailureOfEitherStoreIsReported(t *testing.T) {
	fail := func(string) error { return errFailed }
	tests := map[string]func(t *testing.T, j *journeytest.Journey, h *journeytest.HookedStore){
		"the draft is not loaded":  func(_ *testing.T, _ *journeytest.Journey, h *journeytest.HookedStore) { h.BeforeLoad = fail },
		"the section is not saved": func(_ *testing.T, _ *journeytest.Journey, h *journeytest.HookedStore) { h.BeforeSave = fail },
		"the address is not noted": func(t *testing.T, j *journeytest.Journey, _ *journeytest.HookedStore) { j.RefuseWrites(t) },
	}
	for name, fail := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t)
			p := j.Begun(t).Open(t, "one")
			fail(t, j, j.HookDrafts(t))
			result, err := p.Save(t, wizard.Continue, form.Answers{"mail": {"new@example.ca"}})
			journeytest.WantError(t, "Save", err, wizard.ErrNotSaved)
			if result.Answers.First("mail") != "new@example.ca" {
				t.Errorf("the result has %v, want what was typed", result.Answers)
			}
		})
	}
}

// TestADraftThatIsTooLargeGrowsNoMore has a draft from when drafts could be larger.
func TestADraftThatIsTooLargeGrowsNoMore(t *testing.T) {
	for name, m := range modes {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.Begun(t)
				b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
				large := draft.Section{Answers: form.Answers{"mail": {strings.Repeat("x", 50_000)}, "lang": {"en"}}, Form: "1"}
				_, err := j.Drafts.Save(t.Context(), j.StoredDraft(t, b.Progress(t).Draft.Key), draft.Save{Section: "one", Content: large, At: j.Now(), Base: draft.AnyVersion})
				journeytest.Must(t, err)
				_, err = b.Open(t, "two").Save(t, m, form.Answers{"petname": {"Luna"}})
				journeytest.WantError(t, "Save", err, wizard.ErrTooLarge)
				if got := b.Progress(t).Draft.Typed(j.Form).First("petname"); got != "Łuna" {
					t.Errorf("the pet has become %q", got)
				}
				journeytest.WantError(t, "SaveConsents", j.Wizard.SaveConsents(t.Context(), b.Progress(t), []string{"keep"}, false), wizard.ErrTooLarge)

				b.Open(t, "one").MustSave(t, m, form.Answers{"mail": {"zoe@example.ca"}})
				b.Open(t, "two").MustSave(t, m, form.Answers{"petname": {"Luna"}})
			})
		})
	}
}

// TestASaveThatIsOvertakenAgainAndAgainGivesUp has the draft end and begin between
// loading and saving, each time.
func TestASaveThatIsOvertakenAgainAndAgainGivesUp(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	p, tries := b.Open(t, "two"), 0
	j.HookDrafts(t).BeforeSave = func(string) error { tries++; return draft.ErrNotFound }
	result, err := p.Save(t, wizard.Continue, form.Answers{"pet": {"none"}})
	if !errors.Is(err, wizard.ErrNotSaved) || result.Answers.First("pet") != "none" || tries != 4 {
		t.Errorf("after %d tries Save = %+v, %v, want ErrNotSaved with the answers after 4", tries, result, err)
	}
}
