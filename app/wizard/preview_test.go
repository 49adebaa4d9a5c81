package wizard_test

import (
	"testing"

	"joinery/app/form"
	"joinery/app/journeytest"
)

func TestAPreviewSavesNothing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	all, problems, err := j.Preview(t.Context(), b.Session, &j.Form.Sections[1], form.Answers{"pet": {"cat"}})
	if err != nil || all.First("pet") != "cat" || all.First("mail") != "zoe@example.ca" || len(problems) != 1 {
		t.Errorf("Preview = %v, %v, %v, want all answers and one problem", all, problems, err)
	}
	b.WantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
}

func TestAPreviewOfADraftThatWasSubmittedHasOnlyThePage(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	all, _, err := j.Preview(t.Context(), session, &j.Form.Sections[0], form.Answers{"mail": {"x"}})
	if err != nil || all.First("mail") != "x" || all.First("lang") != "" {
		t.Errorf("Preview = %v, %v, want only what is on the page", all, err)
	}
}
