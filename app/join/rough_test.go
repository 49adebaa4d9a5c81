package join

import (
	"maps"
	"slices"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
)

// wantRough wants what was typed into mail to be shown again, but not to be an
// answer.
func wantRough(t *testing.T, w *browser, want string) {
	t.Helper()
	d := w.progress(t).Draft
	if got := d.Typed(w.Form).First("mail"); got != want {
		t.Errorf("typed is %q, want %q", got, want)
	}
	if d.Answers(w.Form).Given("mail") {
		t.Errorf("%q is an answer, though it is wrong", d.Answers(w.Form).First("mail"))
	}
}

func TestAWrongAnswerIsKeptApart(t *testing.T) {
	for name, m := range manners {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := &browser{bench: b}
				reply := w.open(t, "one").must(t, m, form.Answers{"mail": {"nobody"}, "lang": {"en"}})
				if got := slices.Collect(maps.Keys(reply.Problems)); !slices.Equal(got, []string{"mail"}) {
					t.Errorf("problems in %v, want them in mail", got)
				}
				wantRough(t, w, "nobody")
				w.open(t, "two").must(t, Continue, form.Answers{"pet": {"none"}})
				wantRough(t, w, "nobody")
				w.wantNext(t, "one")
				_, err := b.Send(t.Context(), w.id, []string{"keep"}, i18n.English, "")
				wantError(t, "Send", err, ErrIncomplete)
			})
		})
	}
}

var manners = map[string]SaveMode{"continue": Continue, "leave": Leave, "quiet": Autosave}

func TestAWrongAnswerTakesTheRightOnesPlaceUntilItIsMended(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		w.wantNext(t, "")
		w.open(t, "one").must(t, Autosave, form.Answers{"mail": {"zoe@"}})
		wantRough(t, w, "zoe@")
		w.wantNext(t, "one")
		if reach := w.progress(t).Info.AnsweredEmail; reach != "" {
			t.Errorf("the draft can still be asked for at %s", reach)
		}
		w.open(t, "one").must(t, Autosave, form.Answers{"mail": {"zoe@example.ca"}})
		w.wantNext(t, "")
		if p := w.progress(t); p.Draft.Answers(b.Form).First("mail") != "zoe@example.ca" || p.Info.AnsweredEmail != "zoe@example.ca" {
			t.Errorf("mended, the draft is %+v, to be asked for at %s", p.Draft, p.Info.AnsweredEmail)
		}
		b.send(t, w.id)
	})
}

// TestAWrongAnswerToAHiddenQuestionIsNeverSent hides it after it was typed.
func TestAWrongAnswerToAHiddenQuestionIsNeverSent(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		b.Form = reworked(t, questions, func(d *form.Definition) { d.Field("petname").Max = 5 })
		w := b.begun(t)
		w.open(t, "two").must(t, Leave, form.Answers{"pet": {"cat"}, "petname": {"Nebuchadnezzar"}})
		w.open(t, "two").must(t, Continue, form.Answers{"pet": {"none"}})
		w.wantNext(t, "")
		if d := w.progress(t).Draft; d.Answers(b.Form).Given("petname") {
			t.Errorf("%q is an answer, though it is wrong", d.Answers(b.Form).First("petname"))
		}
		w.open(t, "two").must(t, Autosave, form.Answers{"pet": {"cat"}})
		w.wantNext(t, "two")
		if got := w.open(t, "two").answers.First("petname"); got != "Nebuchadnezzar" {
			t.Errorf("the question shows %q again, want what was typed", got)
		}
		w.open(t, "two").must(t, Continue, form.Answers{"pet": {"none"}})
		b.send(t, w.id)
		if a := w.application(t, w.id); a.Answers.Given("petname") {
			t.Errorf("sent was %v", a.Answers)
		}
	})
}

func TestOnlyAContinueFinishesASection(t *testing.T) {
	tests := []struct {
		name    string
		manners []SaveMode
		mail    string
		next    string
	}{
		{"nothing was saved", nil, "", "one"},
		{"a quiet save", []SaveMode{Autosave}, "zoe@example.ca", "one"},
		{"leaving", []SaveMode{Leave}, "zoe@example.ca", "one"},
		{"leaving after quiet saves", []SaveMode{Autosave, Autosave, Leave}, "zoe@example.ca", "one"},
		{"a continue", []SaveMode{Continue}, "zoe@example.ca", "two"},
		{"a continue with something wrong", []SaveMode{Continue}, "zoe", "one"},
		{"a quiet save before", []SaveMode{Autosave, Continue}, "zoe@example.ca", "two"},
		{"a quiet save after", []SaveMode{Continue, Autosave}, "zoe@example.ca", "two"},
		{"leaving after", []SaveMode{Continue, Leave}, "zoe@example.ca", "two"},
		{"something wrong after", []SaveMode{Continue, Autosave}, "zoe", "one"},
	}
	overStores(t, func(t *testing.T, b *bench) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				w := &browser{bench: b}
				mail := "ann@example.ca"
				for i, m := range tt.manners {
					if i == len(tt.manners)-1 {
						mail = tt.mail
					}
					w.open(t, "one").must(t, m, form.Answers{"mail": {mail}, "lang": {"en"}})
				}
				w.wantNext(t, tt.next)
			})
		}
	})
}

func TestPreviewSavesNothing(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	all, problems, err := b.Preview(t.Context(), w.id, &b.Form.Sections[1], form.Answers{"pet": {"cat"}})
	if err != nil || all.First("pet") != "cat" || all.First("mail") != "zoe@example.ca" || len(problems) != 1 {
		t.Errorf("Preview = %v, %v, %v, want all answers and one problem", all, problems, err)
	}
	w.wantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
	b.send(t, b.finished(t))
	sent := b.sent(t)
	if all, _, err := b.Preview(t.Context(), sent, &b.Form.Sections[0], form.Answers{"mail": {"x"}}); err != nil || all.First("lang") != "" {
		t.Errorf("after sending Preview = %v, %v, want only what is on the page", all, err)
	}
}
