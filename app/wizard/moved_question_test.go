package wizard_test

import (
	"slices"
	"testing"

	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// move returns an edit that asks a question of the first section in the second.
func move(key string) func(*form.Definition) {
	return func(d *form.Definition) { journeytest.Put(d, "two", journeytest.Take(d, key)) }
}

func TestAnAnswerMovesWithItsQuestion(t *testing.T) {
	tests := map[string][]string{
		"neither is saved":                    nil,
		"the section that asked it, first":    {"one", "two"},
		"the section that asks it now, first": {"two", "one"},
		"only the section that asked it":      {"one"},
		"only the section that asks it now":   {"two"},
		"the section that asked it, twice":    {"one", "one", "two", "one"},
	}
	for name, order := range tests {
		for _, mail := range []string{"zoe@example.ca", "zoe@"} { // right or wrong
			t.Run(name+", "+mail, func(t *testing.T) {
				journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
					b := j.FilledIn(t)
					b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {mail}})
					j.ChangeForm(t, move("mail"))
					wantChanges(t, b, "one", "")
					wantChanges(t, b, "two", "")
					for _, section := range order {
						b.Open(t, section).MustSave(t, wizard.Continue, nil)
					}
					b.WantTyped(t, form.Answers{"mail": {mail}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna"}})
					b.WantNext(t, map[string]string{"zoe@": "two"}[mail])
					if got := b.Progress(t).Draft.Answers(j.Form).Given("mail"); got == (mail == "zoe@") {
						t.Errorf("%s is an answer: %t", mail, got)
					}
				})
			})
		}
	}
}

// TestAMovedAnswerThatWasChangedStaysChanged saves the section that asked for it
// before once more.
func TestAMovedAnswerThatWasChangedStaysChanged(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.FilledIn(t)
		stale := b.Open(t, "one")
		j.ChangeForm(t, move("mail"))
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"mail": {"new@example.ca"}})
		result := b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"lang": {"en"}})
		if got := result.Answers.First("mail"); got != "new@example.ca" {
			t.Errorf("the result has the address %q, want the one that was given last", got)
		}
		stale.Section = &j.Form.Sections[0]
		wantConflict(t, stale, wizard.Continue, nil, "lang posted") // it has shown other questions
		b.WantTyped(t, form.Answers{"mail": {"new@example.ca"}, "lang": {"en"}, "pet": {"cat"}, "petname": {"Łuna"}})
		if email := b.Progress(t).Info.AnsweredEmail; email != "new@example.ca" {
			t.Errorf("the draft can be asked for at %s, want the address that was given last", email)
		}
		j.MustSubmit(t, b.Session)
		if a := j.MustApplication(t, b.Session); a.Email != "new@example.ca" {
			t.Errorf("the application is from %s", a.Email)
		}
	})
}

// TestAVisitThatLeftASectionThatIsGoneGoesOnElsewhere asks all questions in one
// section.
func TestAVisitThatLeftASectionThatIsGoneGoesOnElsewhere(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Browser(j.Finished(t))
	b.Open(t, "two").MustSave(t, wizard.Leave, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
	j.ChangeForm(t, func(d *form.Definition) {
		d.Sections[0].Fields = append(d.Sections[0].Fields, d.Sections[1].Fields...)
		d.Sections = slices.Delete(d.Sections, 1, 2)
	})
	if p := b.Progress(t); p.NextPage(j.Form) != nil {
		t.Errorf("the next page is %s, want the last page", p.NextPage(j.Form).Key)
	}
	b.Open(t, "one").MustSave(t, wizard.Continue, nil)
	b.WantTyped(t, form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna"}})
	j.MustSubmit(t, b.Session)
}
