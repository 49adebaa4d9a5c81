package wizard_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// changes says what of a section is not as it was when the draft was saved, on one
// line.
func changes(t *testing.T, b *journeytest.Browser, section string) string {
	t.Helper()
	asked, _ := b.Form.Section(section)
	c := b.Wizard.Changes(b.Progress(t).Draft, asked)
	var said []string
	for _, key := range c.New {
		said = append(said, "new "+key)
	}
	for _, key := range c.Reworded {
		said = append(said, "reworded "+key)
	}
	for key, words := range c.Withdrawn {
		said = append(said, fmt.Sprint("lost ", key, " ", words[0].In(i18n.English)))
	}
	for _, label := range c.Dropped {
		said = append(said, "dropped "+label.In(i18n.English))
	}
	slices.Sort(said)
	return strings.Join(said, ", ")
}

// wantChanges wants this to be what is not as it was in a section.
func wantChanges(t *testing.T, b *journeytest.Browser, section, want string) {
	t.Helper()
	if got := changes(t, b, section); got != want {
		t.Errorf("the changes in section %s are %q, want %q", section, got, want)
	}
}

var colour = form.Field{Key: "colour", Kind: form.Line, Label: i18n.Text{"en": "Colour", "fr": "Couleur"}}

// addColour adds a question to the second section.
func addColour(d *form.Definition) { journeytest.Put(d, "two", colour) }

// withdraw puts another option in the place of one of the pets.
func withdraw(d *form.Definition, code, another string) {
	options := d.Field("pet").Options
	i := slices.IndexFunc(options, func(o form.Option) bool { return o.Code == code })
	options[i] = form.Option{Code: another, Label: i18n.Text{"en": another, "fr": another}}
	if f := d.Field("petname"); code == "cat" {
		f.When.In = []string{another}
	}
}

func TestTheChangesOfAFormArePointedOut(t *testing.T) {
	tests := []struct {
		name string
		edit func(*form.Definition)
		want string // the changes in the second section
		next string
	}{
		{"nothing but the version", func(*form.Definition) {}, "", ""},
		{"another question", addColour, "new colour", "two"},
		{"other words", func(d *form.Definition) { d.Field("petname").Label["fr"] = "Il s’appelle" }, "reworded petname", "two"},
		{"another rule", func(d *form.Definition) { d.Field("petname").Max = 3 }, "", "two"},
		{"a question less", func(d *form.Definition) { journeytest.Take(d, "petname") }, "dropped Its name", ""},
		{"an option less", func(d *form.Definition) { withdraw(d, "cat", "dog") }, "lost pet C", "two"},
		{"another option", func(d *form.Definition) { withdraw(d, "none", "dog") }, "", ""},
	}
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		first := j.Form
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				j.Change(t, func(s *journeytest.Setup) { s.Form = first })
				b := j.FilledIn(t)
				j.ChangeForm(t, tt.edit)
				wantChanges(t, b, "one", "")
				wantChanges(t, b, "two", tt.want)
				b.WantNext(t, tt.next)
				if got := b.Progress(t).Draft.Typed(j.Form); got.First("mail") != "Zoe@Hospital.EXAMPLE" {
					t.Errorf("carried over are %v", got)
				}
			})
		}
	})
}

func TestChangesArePointedOutUntilTheSectionIsContinued(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.FilledIn(t)
		j.ChangeForm(t, addColour)
		for _, m := range []wizard.SaveMode{wizard.Autosave, wizard.Leave} {
			b.Open(t, "two").MustSave(t, m, form.Answers{"colour": {"grey"}})
			wantChanges(t, b, "two", "new colour")
			b.WantNext(t, "two")
		}
		b.Open(t, "one").MustSave(t, wizard.Continue, nil)
		wantChanges(t, b, "two", "new colour")
		b.Open(t, "two").MustSave(t, wizard.Continue, nil)
		wantChanges(t, b, "two", "")
		b.WantNext(t, "")
		b.WantTyped(t, form.Answers{
			"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna"}, "colour": {"grey"},
		})
	})
}

// TestAWithdrawnOptionIsNamedUntilAnotherIsChosen saves something else meanwhile.
// The page posts none of the options that it has.
func TestAWithdrawnOptionIsNamedUntilAnotherIsChosen(t *testing.T) {
	for _, required := range []bool{true, false} {
		t.Run(fmt.Sprint("required ", required), func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.FilledIn(t)
				j.ChangeForm(t, func(d *form.Definition) {
					withdraw(d, "cat", "dog")
					d.Field("pet").Required = required
					addColour(d)
				})
				for _, m := range []wizard.SaveMode{wizard.Autosave, wizard.Leave} {
					b.Open(t, "two").MustSave(t, m, form.Answers{"pet": {}, "colour": {"grey"}})
					wantChanges(t, b, "two", "lost pet C, new colour")
					b.WantNext(t, "two")
					if b.Progress(t).Draft.Answers(j.Form).Given("pet") {
						t.Error("a withdrawn option is an answer")
					}
				}
				b.Open(t, "two").MustSave(t, wizard.Autosave, form.Answers{"pet": {"dog"}})
				wantChanges(t, b, "two", "new colour")
				b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"dog"}, "petname": {"Łuna"}})
				wantChanges(t, b, "two", "")
				b.WantNext(t, "")
			})
		})
	}
}

func TestAQuestionThatIsNoLongerAskedIsNotSubmitted(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.FilledIn(t)
		j.ChangeForm(t, func(d *form.Definition) { journeytest.Take(d, "petname") })
		dropped := b.Wizard.Dropped(b.Progress(t).Draft)
		if len(dropped) == 0 || slices.ContainsFunc(dropped, func(label i18n.Text) bool { return label.In(i18n.English) != "Its name" }) {
			t.Errorf("dropped are %v, want the name", dropped)
		}
		j.MustSubmit(t, b.Session)
		a := j.MustApplication(t, b.Session)
		if a.Form != "2" || a.Answers.Given("petname") || a.Answers.First("pet") != "cat" {
			t.Errorf("submitted were %v under version %s, want all but the name, under 2", a.Answers, a.Form)
		}
	})
}

func TestAFormerVersionThatIsNotKnownChangesNothing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.FilledIn(t)
	j.ChangeForm(t, addColour)
	j.Change(t, func(s *journeytest.Setup) { s.Former = nil })
	wantChanges(t, b, "two", "")
	b.WantNext(t, "")
}
