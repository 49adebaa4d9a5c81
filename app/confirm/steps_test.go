package confirm_test

import (
	"fmt"
	"slices"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// counting returns a journey and the steps that it counts.
func counting(t *testing.T) (*journeytest.Journey, *[]wizard.Step) {
	t.Helper()
	steps := new([]wizard.Step)
	return journeytest.New(t, func(s *journeytest.Setup) {
		s.CountStep = func(step wizard.Step) { *steps = append(*steps, step) }
	}), steps
}

// wantSteps wants the kinds and sections of the steps that were counted.
func wantSteps(t *testing.T, steps []wizard.Step, want ...string) {
	t.Helper()
	var got []string
	for _, s := range steps {
		got = append(got, fmt.Sprint(s.Kind, s.Section))
	}
	if !slices.Equal(got, want) {
		t.Errorf("the steps are %v, want %v", got, want)
	}
}

// TestTwoClicksThatSubmitCountOnce though the second came before the first was answered.
func TestTwoClicksThatSubmitCountOnce(t *testing.T) {
	t.Parallel()
	j, steps := counting(t)
	p := j.Browser(j.Finished(t)).Progress(t)
	*steps = nil
	for range 2 {
		_, err := j.Confirm.Submit(t.Context(), p, []string{"keep"}, i18n.English, "")
		journeytest.Must(t, err)
	}
	wantSteps(t, *steps, "sent")
}

// TestEachStepToMembershipCountsOnce goes the whole way, and does twice what can be done
// twice.
func TestEachStepToMembershipCountsOnce(t *testing.T) {
	t.Parallel()
	j, steps := counting(t)
	b := j.Browser("")
	b.Open(t, "one").MustSave(t, wizard.Autosave, form.Answers{"mail": {"zoe@"}})
	wantSteps(t, *steps, "begun")
	b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"zoe@"}, "lang": {"fr"}}) // wrong
	b.Open(t, "one").MustSave(t, wizard.Leave, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"fr"}})
	b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"fr"}})
	b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"fr"}})
	b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}})
	wantSteps(t, *steps, "begun", "sectionone", "sectiontwo")
	j.MustSubmit(t, b.Session)
	j.MustSubmit(t, b.Session)
	token := j.ConfirmToken(t)
	for range 2 {
		journeytest.Must(t, j.Confirm.Confirm(t.Context(), j.ConfirmLink(t, token), ""))
	}
	wantSteps(t, *steps, "begun", "sectionone", "sectiontwo", "sent", "confirmed")
	for _, s := range *steps {
		if s.Form != j.Form.Version || s.Lang != i18n.French && (s.Kind == wizard.Sent || s.Kind == wizard.Confirmed) {
			t.Errorf("the step is %+v, want it of form %s, and French as the letters", s, j.Form.Version)
		}
	}
}

// TestWhatFailsIsNoStep sends without consent, and saves what another page has changed.
func TestWhatFailsIsNoStep(t *testing.T) {
	t.Parallel()
	j, steps := counting(t)
	session := j.Finished(t)
	problems, err := j.Submit(t.Context(), session, nil, i18n.English, "")
	if err != nil || len(problems) == 0 {
		t.Fatalf("Submit: %v, %v", problems, err)
	}
	wantSteps(t, *steps, "begun", "sectionone", "sectiontwo")
}
