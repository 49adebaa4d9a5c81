package wizard_test

import (
	"fmt"
	"reflect"
	"sync"
	"testing"

	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// call is the source of a form that has nothing to do with membership: a call for
// applications. Its version and the key of its first section are those of the other
// form, and their questions are not.
const call = `{
	"version": "1",
	"sections": [
		{"key": "one", "title": {"en": "Project", "fr": "Projet"}, "fields": [
			{"key": "title", "kind": "text", "required": true, "max": 20,
				"label": {"en": "Title", "fr": "Titre"}, "missing": {"en": "Give it", "fr": "Donnez-le"}},
			{"key": "lang", "kind": "radio", "role": "language", "required": true,
				"label": {"en": "Language", "fr": "Langue"}, "missing": {"en": "Choose", "fr": "Choisissez"},
				"options": [{"code": "en", "label": {"en": "E", "fr": "A"}}, {"code": "fr", "label": {"en": "F", "fr": "F"}}]}
		]},
		{"key": "money", "title": {"en": "Money", "fr": "Argent"}, "fields": [
			{"key": "sources", "kind": "checkboxes", "required": true,
				"label": {"en": "Sources", "fr": "Sources"}, "missing": {"en": "Tick one", "fr": "Cochez-en une"},
				"options": [{"code": "own", "label": {"en": "Own", "fr": "Propres"}}, {"code": "public", "label": {"en": "Public", "fr": "Publiques"}}]},
			{"key": "fund", "kind": "text", "required": true, "when": {"field": "sources", "in": ["public"]},
				"label": {"en": "Fund", "fr": "Fonds"}, "missing": {"en": "Name it", "fr": "Nommez-le"}}
		]},
		{"key": "contact", "title": {"en": "Contact", "fr": "Contact"}, "fields": [
			{"key": "reach", "kind": "email", "role": "address", "required": true,
				"label": {"en": "Address", "fr": "Adresse"}, "missing": {"en": "Give it", "fr": "Donnez-la"}}
		]}
	],
	"consents": [
		{"key": "jury", "version": "1", "required": true, "purpose": {"en": "jury", "fr": "jury"},
			"wording": {"en": "The jury may read it", "fr": "Le jury peut la lire"}, "missing": {"en": "Tick", "fr": "Cochez"}},
		{"key": "keep", "version": "1", "purpose": {"en": "archive", "fr": "archives"}, "wording": {"en": "Keep it", "fr": "La garder"}}
	]
}`

// otherForms are forms that a second wizard fills in.
var otherForms = map[string]func(*form.Definition){
	"with consents of its own": func(*form.Definition) {},
	"without consents":         func(d *form.Definition) { d.Consents = nil },
}

// overForms runs a test with two journeys over the same stores, that of membership
// and that of another form.
func overForms(t *testing.T, test func(t *testing.T, first, second *journeytest.Journey)) {
	t.Helper()
	for name, edit := range otherForms {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				test(t, j, j.WithForm(t, journeytest.Reworked(t, call, edit)))
			})
		})
	}
}

// undisturbed returns a function that wants the draft of b to be as it is now.
func undisturbed(t *testing.T, b *journeytest.Browser) (check func(after string)) {
	t.Helper()
	before, consents := b.Progress(t), b.Wizard.SavedConsents(b.Progress(t))
	return func(after string) {
		t.Helper()
		p := b.Progress(t)
		if !reflect.DeepEqual(p, before) || !reflect.DeepEqual(b.Wizard.SavedConsents(p), consents) {
			t.Fatalf("after %s of the other form the progress is\n%+v, want\n%+v", after, p, before)
		}
	}
}

// fillCall fills in the second form as people do: with an autosave, a wrong answer, a
// question that an answer raises, a conflict, and consents.
func fillCall(t *testing.T, b *journeytest.Browser, after func(string)) {
	t.Helper()
	p := b.Open(t, "one")
	p.MustSave(t, wizard.Autosave, form.Answers{"title": {"A bridge"}})
	after("an autosave")
	result := p.MustSave(t, wizard.Continue, form.Answers{"title": {"A bridge across the whole river"}, "lang": {"fr"}})
	if _, wrong := result.Problems["title"]; len(result.Problems) != 1 || !wrong {
		t.Errorf("the problems are %v, want one, with the title", result.Problems)
	}
	b.WantNext(t, "one")
	after("a wrong answer")
	b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"title": {"A bridge"}})
	b.WantNext(t, "money")
	if result = b.Open(t, "money").MustSave(t, wizard.Continue, form.Answers{"sources": {"own", "public"}}); !result.MoreQuestions {
		t.Errorf("Save = %+v, want more questions", result)
	}
	here, there := b.Open(t, "money"), b.Beside(t).Open(t, "money")
	there.MustSave(t, wizard.Continue, form.Answers{"fund": {"The fund"}})
	c := wantConflict(t, here, wizard.Continue, form.Answers{"sources": {"public"}, "fund": {"Another"}}, "sources posted", "fund posted")
	after("a conflict")
	if _, err := choose(t, here, c.Conflict, "fund"); err != nil {
		t.Errorf("choosing: %v", err)
	}
	b.WantNext(t, "contact")
	b.Open(t, "contact").MustSave(t, wizard.Continue, form.Answers{"reach": {"zoe@example.ca"}})
	b.WantNext(t, "")
	b.WantTyped(t, callAnswers)
	journeytest.Must(t, b.SaveConsents(t.Context(), b.Session, []string{"keep", "news", "jury"}))
	after("consents")
}

var callAnswers = form.Answers{"title": {"A bridge"}, "lang": {"fr"}, "sources": {"public"}, "fund": {"The fund"}, "reach": {"zoe@example.ca"}}

// TestTwoFormsAreFilledInBesideEachOther fills in a second form while a draft of the
// first is there, and then changes and submits the first.
func TestTwoFormsAreFilledInBesideEachOther(t *testing.T) {
	overForms(t, func(t *testing.T, first, second *journeytest.Journey) {
		member, applicant := first.FilledIn(t), second.Browser("")
		journeytest.Must(t, first.SaveConsents(t.Context(), member.Session, []string{"news"}))
		fillCall(t, applicant, undisturbed(t, member))

		wantConsents(t, member, "news")
		if len(second.Form.Consents) > 0 {
			wantConsents(t, applicant, "jury", "keep")
		} else {
			wantConsents(t, applicant)
		}

		after := undisturbed(t, applicant)
		p := member.Open(t, "one")
		p.MustSave(t, wizard.Autosave, form.Answers{"mail": {"ann@example.ca"}})
		after("an autosave")
		member.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"zoe@example.ca"}})
		wantConflict(t, p, wizard.Continue, nil, "mail posted")
		after("a conflict")
		journeytest.Must(t, first.SaveConsents(t.Context(), member.Session, nil))
		after("consents")
		first.MustSubmit(t, member.Session)
		after("the submission")
		first.ConfirmNewest(t)
		after("the confirmation")
		first.Tidy(t)
		after("the sweep")
	})
}

// TestADraftWithoutOutcomeIsNeverSubmitted fills in a form to its end, and changes it
// after that: no outcome is no obstacle.
func TestADraftWithoutOutcomeIsNeverSubmitted(t *testing.T) {
	overForms(t, func(t *testing.T, _, second *journeytest.Journey) {
		b := second.Browser("")
		fillCall(t, b, func(string) {})
		p := b.Progress(t)
		if p.Outcome != (wizard.Outcome{}) || p.Next != nil || p.NextPage(second.Form) != nil {
			t.Errorf("Progress = %+v, want no outcome and nothing to be done", p)
		}
		b.Open(t, "one").MustSave(t, wizard.Leave, form.Answers{"title": {"Two bridges"}})
		if b.Progress(t).NextPage(second.Form).Key != "one" {
			t.Error("the next page is not the one that was left")
		}
		if got := second.KeptDrafts(t); len(got) != 1 || got[0] != p.Draft.Key {
			t.Errorf("the store keeps the drafts %q, want the one", got)
		}
	})
}

// TestEachDraftEndsByItself deletes the draft of one form, and lets that of the other
// expire.
func TestEachDraftEndsByItself(t *testing.T) {
	overForms(t, func(t *testing.T, first, second *journeytest.Journey) {
		member, applicant := first.FilledIn(t), second.Browser("")
		applicant.Open(t, "one").MustSave(t, wizard.Autosave, form.Answers{"title": {"A bridge"}})
		after := undisturbed(t, member)
		stale := applicant.Open(t, "one")
		journeytest.Must(t, second.Delete(t.Context(), applicant.Session))
		after("the end")
		applicant.WantNoDraft(t)
		_, err := stale.Save(t, wizard.Autosave, form.Answers{"title": {"Two bridges"}})
		journeytest.WantError(t, "an autosave of the draft that was deleted", err, wizard.ErrDraftGone)
		if result := stale.MustSave(t, wizard.Continue, nil); !result.NewDraft {
			t.Errorf("Save = %+v, want a new draft", result)
		}
		after("the new draft")

		first.Pass(first.DraftTTL / 2)
		applicant.Open(t, "one").MustSave(t, wizard.Autosave, form.Answers{"title": {"Three bridges"}})
		first.Pass(first.DraftTTL / 2)
		member.WantNoDraft(t)
		applicant.WantTyped(t, form.Answers{"title": {"Three bridges"}})
	})
}

// TestTwoFormsAreSavedAtTheSameTime saves a page of each, many times.
func TestTwoFormsAreSavedAtTheSameTime(t *testing.T) {
	overForms(t, func(t *testing.T, first, second *journeytest.Journey) {
		member, applicant := first.Browser(""), second.Browser("")
		pages := map[string]*journeytest.Page{"mail": member.Open(t, "one"), "title": applicant.Open(t, "one")}
		var all sync.WaitGroup
		for question, p := range pages {
			all.Go(func() {
				for i := range 10 {
					if _, err := p.Save(t, wizard.Autosave, form.Answers{question: {fmt.Sprint("a", i, "@example.ca")}}); err != nil {
						t.Errorf("Save of %s: %v", question, err)
					}
				}
			})
		}
		all.Wait()
		member.WantTyped(t, form.Answers{"mail": {"a9@example.ca"}})
		applicant.WantTyped(t, form.Answers{"title": {"a9@example.ca"}})
		first.WantCount(t, "draft_access", 2)
		first.WantCount(t, "sessions", 2)
	})
}
