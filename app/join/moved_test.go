package join

import (
	"slices"
	"testing"

	"joinery/app/form"
)

// moved is a form in which a question of the first section is asked in the
// second.
func moved(key string) func(*form.Definition) {
	return func(d *form.Definition) { put(d, "two", take(d, key)) }
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
				overStores(t, func(t *testing.T, b *bench) {
					w := b.aCat(t)
					w.open(t, "one").must(t, Continue, form.Answers{"mail": {mail}})
					b.became(t, moved("mail"))
					w.wantChanges(t, "one", "")
					w.wantChanges(t, "two", "")
					for _, section := range order {
						w.open(t, section).must(t, Continue, nil)
					}
					w.wantTyped(t, form.Answers{"mail": {mail}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna"}})
					w.wantNext(t, map[string]string{"zoe@": "two"}[mail])
					if got := w.progress(t).Draft.Answers(b.Form).Given("mail"); got == (mail == "zoe@") {
						t.Errorf("%s is an answer: %t", mail, got)
					}
				})
			})
		}
	}
}

// TestAMovedAnswerThatWasChangedStaysChanged saves the section that asked it
// before once more.
func TestAMovedAnswerThatWasChangedStaysChanged(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.aCat(t)
		stale := w.open(t, "one")
		b.became(t, moved("mail"))
		w.open(t, "two").must(t, Continue, form.Answers{"mail": {"new@example.ca"}})
		reply := w.open(t, "one").must(t, Continue, form.Answers{"lang": {"en"}})
		if got := reply.Answers.First("mail"); got != "new@example.ca" {
			t.Errorf("the reply has the address %q, want the one that was given last", got)
		}
		stale.section = &b.Form.Sections[0]
		stale.elsewhere(t, Continue, nil, "lang mine") // it has shown other questions
		w.wantTyped(t, form.Answers{"mail": {"new@example.ca"}, "lang": {"en"}, "pet": {"cat"}, "petname": {"Łuna"}})
		if reach := w.progress(t).Info.AnsweredEmail; reach != "new@example.ca" {
			t.Errorf("the draft can be asked for at %s, want the address that was given last", reach)
		}
		b.send(t, w.id)
		if a := w.application(t, w.id); a.Email != "new@example.ca" {
			t.Errorf("the application is from %s", a.Email)
		}
	})
}

func TestWhoLeftASectionThatIsNoMoreGoesOnElsewhere(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := &browser{bench: b, id: b.finished(t)}
	w.open(t, "two").must(t, Leave, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
	b.became(t, func(d *form.Definition) {
		d.Sections[0].Fields = append(d.Sections[0].Fields, d.Sections[1].Fields...)
		d.Sections = slices.Delete(d.Sections, 1, 2)
	})
	if p := w.progress(t); p.NextPage(b.Form) != nil {
		t.Errorf("they go on in %s, want the last page", p.NextPage(b.Form).Key)
	}
	w.open(t, "one").must(t, Continue, nil)
	w.wantTyped(t, form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna"}})
	b.send(t, w.id)
}
