package wizard_test

import (
	"maps"
	"slices"
	"testing"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// wantInvalid wants what was typed into mail to be shown again, but not to be an
// answer.
func wantInvalid(t *testing.T, b *journeytest.Browser, want string) {
	t.Helper()
	d := b.Progress(t).Draft
	if got := d.Typed(b.Form).First("mail"); got != want {
		t.Errorf("typed is %q, want %q", got, want)
	}
	if d.Answers(b.Form).Given("mail") {
		t.Errorf("%q is an answer, though it is wrong", d.Answers(b.Form).First("mail"))
	}
}

func TestAWrongAnswerIsKeptApart(t *testing.T) {
	for name, m := range modes {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.Browser("")
				result := b.Open(t, "one").MustSave(t, m, form.Answers{"mail": {"nobody"}, "lang": {"en"}})
				if got := slices.Collect(maps.Keys(result.Problems)); !slices.Equal(got, []string{"mail"}) {
					t.Errorf("problems in %v, want them in mail", got)
				}
				wantInvalid(t, b, "nobody")
				b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}})
				wantInvalid(t, b, "nobody")
				b.WantNext(t, "one")
				_, err := j.Submit(t.Context(), b.Session, []string{"keep"}, i18n.English, "")
				journeytest.WantError(t, "Submit", err, confirm.ErrIncomplete)
			})
		})
	}
}

func TestAWrongAnswerTakesThePlaceOfTheRightOneUntilItIsMended(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		b.WantNext(t, "")
		b.Open(t, "one").MustSave(t, wizard.Autosave, form.Answers{"mail": {"zoe@"}})
		wantInvalid(t, b, "zoe@")
		b.WantNext(t, "one")
		if email := b.Progress(t).Info.AnsweredEmail; email != "" {
			t.Errorf("the draft can still be asked for at %s", email)
		}
		b.Open(t, "one").MustSave(t, wizard.Autosave, form.Answers{"mail": {"zoe@example.ca"}})
		b.WantNext(t, "")
		if p := b.Progress(t); p.Draft.Answers(j.Form).First("mail") != "zoe@example.ca" || p.Info.AnsweredEmail != "zoe@example.ca" {
			t.Errorf("mended, the draft is %+v, to be asked for at %s", p.Draft, p.Info.AnsweredEmail)
		}
		j.MustSubmit(t, b.Session)
	})
}

// TestAWrongAnswerToAHiddenQuestionIsNeverSubmitted hides the question after the
// answer was typed.
func TestAWrongAnswerToAHiddenQuestionIsNeverSubmitted(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		j.Change(t, func(s *journeytest.Setup) {
			s.Form = journeytest.Reworked(t, journeytest.Questions, func(d *form.Definition) { d.Field("petname").Max = 5 })
		})
		b := j.Begun(t)
		b.Open(t, "two").MustSave(t, wizard.Leave, form.Answers{"pet": {"cat"}, "petname": {"Nebuchadnezzar"}})
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}})
		b.WantNext(t, "")
		if d := b.Progress(t).Draft; d.Answers(j.Form).Given("petname") {
			t.Errorf("%q is an answer, though it is wrong", d.Answers(j.Form).First("petname"))
		}
		b.Open(t, "two").MustSave(t, wizard.Autosave, form.Answers{"pet": {"cat"}})
		b.WantNext(t, "two")
		if got := b.Open(t, "two").Answers.First("petname"); got != "Nebuchadnezzar" {
			t.Errorf("the question shows %q again, want what was typed", got)
		}
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}})
		j.MustSubmit(t, b.Session)
		if a := j.MustApplication(t, b.Session); a.Answers.Given("petname") {
			t.Errorf("submitted was %v", a.Answers)
		}
	})
}
