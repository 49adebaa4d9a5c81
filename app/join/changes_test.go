package join

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
)

// became changes the form of the bench to what edit makes of the first.
func (b *bench) became(t *testing.T, edit func(*form.Definition)) {
	t.Helper()
	old := reworked(t, questions, func(*form.Definition) {})
	b.Former = map[string]*form.Definition{old.Version: old}
	b.Form = reworked(t, questions, func(d *form.Definition) { d.Version = "2"; edit(d) })
}

// changes says what of a section is not as it was, on one line.
func (w *browser) changes(t *testing.T, section string) string {
	t.Helper()
	asked, _ := w.Form.Section(section)
	c := w.Changes(w.progress(t).Draft, asked)
	var said []string
	for _, key := range c.New {
		said = append(said, "new "+key)
	}
	for _, key := range c.Reworded {
		said = append(said, "reworded "+key)
	}
	for key, words := range c.Lost {
		said = append(said, fmt.Sprint("lost ", key, " ", words[0].In(i18n.English)))
	}
	for _, label := range c.Dropped {
		said = append(said, "dropped "+label.In(i18n.English))
	}
	slices.Sort(said)
	return strings.Join(said, ", ")
}

func (w *browser) wantChanges(t *testing.T, section, want string) {
	t.Helper()
	if got := w.changes(t, section); got != want {
		t.Errorf("the changes in section %s are %q, want %q", section, got, want)
	}
}

// aCat returns a finished draft with an answer to every question.
func (b *bench) aCat(t *testing.T) *browser {
	t.Helper()
	w := &browser{bench: b, id: b.finished(t)}
	w.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
	w.wantNext(t, "")
	return w
}

var colour = form.Field{Key: "colour", Kind: form.Line, Label: i18n.Text{"en": "Colour", "fr": "Couleur"}}

func TestWhatIsPointedOutWhenTheFormChanges(t *testing.T) {
	tests := []struct {
		name string
		edit func(*form.Definition)
		want string // the changes in section two
		next string
	}{
		{"nothing but the version", func(*form.Definition) {}, "", ""},
		{"another question", func(d *form.Definition) { put(d, "two", colour) }, "new colour", "two"},
		{"other words", func(d *form.Definition) { d.Field("petname").Label["fr"] = "Il s’appelle" }, "reworded petname", "two"},
		{"another rule", func(d *form.Definition) { d.Field("petname").Max = 3 }, "", "two"},
		{"a question less", func(d *form.Definition) { take(d, "petname") }, "dropped Its name", ""},
		{"an option less", func(d *form.Definition) { withdraw(d, "cat", "dog") }, "lost pet C", "two"},
		{"another option", func(d *form.Definition) { withdraw(d, "none", "dog") }, "", ""},
	}
	overStores(t, func(t *testing.T, b *bench) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				b.became(t, func(*form.Definition) {})
				b.Form = b.Former["1"]
				w := b.aCat(t)
				b.became(t, tt.edit)
				w.wantChanges(t, "one", "")
				w.wantChanges(t, "two", tt.want)
				w.wantNext(t, tt.next)
				if got := w.progress(t).Draft.Typed(b.Form); got.First("mail") != "Zoe@Hospital.EXAMPLE" {
					t.Errorf("carried over are %v", got)
				}
			})
		}
	})
}

// withdraw puts another option in the place of one of the pets.
func withdraw(d *form.Definition, code, another string) {
	options := d.Field("pet").Options
	i := slices.IndexFunc(options, func(o form.Option) bool { return o.Code == code })
	options[i] = form.Option{Code: another, Label: i18n.Text{"en": another, "fr": another}}
	if f := d.Field("petname"); code == "cat" {
		f.When.In = []string{another}
	}
}

func TestChangesArePointedOutUntilTheSectionIsContinued(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.aCat(t)
		b.became(t, func(d *form.Definition) { put(d, "two", colour) })
		for _, m := range []SaveMode{Autosave, Leave} {
			w.open(t, "two").must(t, m, form.Answers{"colour": {"grey"}})
			w.wantChanges(t, "two", "new colour")
			w.wantNext(t, "two")
		}
		w.open(t, "one").must(t, Continue, nil)
		w.wantChanges(t, "two", "new colour")
		w.open(t, "two").must(t, Continue, nil)
		w.wantChanges(t, "two", "")
		w.wantNext(t, "")
		w.wantTyped(t, form.Answers{
			"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna"}, "colour": {"grey"},
		})
	})
}

// TestALostOptionIsToldInWordsUntilTheyChooseAgain also when something else is
// saved meanwhile. The page posts none of the options that it has.
func TestALostOptionIsToldInWordsUntilTheyChooseAgain(t *testing.T) {
	for _, required := range []bool{true, false} {
		t.Run(fmt.Sprint("required ", required), func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := b.aCat(t)
				b.became(t, func(d *form.Definition) {
					withdraw(d, "cat", "dog")
					d.Field("pet").Required = required
					put(d, "two", colour)
				})
				for _, m := range []SaveMode{Autosave, Leave} {
					w.open(t, "two").must(t, m, form.Answers{"pet": {}, "colour": {"grey"}})
					w.wantChanges(t, "two", "lost pet C, new colour")
					w.wantNext(t, "two")
					if w.progress(t).Draft.Answers(b.Form).Given("pet") {
						t.Error("an option that is lost is an answer")
					}
				}
				w.open(t, "two").must(t, Autosave, form.Answers{"pet": {"dog"}})
				w.wantChanges(t, "two", "new colour")
				w.open(t, "two").must(t, Continue, form.Answers{"pet": {"dog"}, "petname": {"Łuna"}})
				w.wantChanges(t, "two", "")
				w.wantNext(t, "")
			})
		})
	}
}

func TestAQuestionThatIsNoLongerAskedIsNotSent(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.aCat(t)
		b.became(t, func(d *form.Definition) { take(d, "petname") })
		b.send(t, w.id)
		a := w.application(t, w.id)
		if a.Form != "2" || a.Answers.Given("petname") || a.Answers.First("pet") != "cat" {
			t.Errorf("sent were %v under version %s, want all but the name, under 2", a.Answers, a.Form)
		}
	})
}

func TestAnUnknownFormerVersionChangesNothing(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.aCat(t)
	b.became(t, func(d *form.Definition) { put(d, "two", colour) })
	b.Former = nil
	w.wantChanges(t, "two", "")
	w.wantNext(t, "")
}
