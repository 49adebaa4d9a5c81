package wizard_test

import (
	"reflect"
	"testing"

	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/token"
	"joinery/app/wizard"
)

// TestADraftThatWasClosedTakesNoAnswers, and its browser begins no other draft unasked.
func TestADraftThatWasClosedTakesNoAnswers(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		pages := []*journeytest.Page{b.Open(t, "one"), b.Open(t, "two")}
		owner := j.Enter(t, j.ResumeLink(t, b.MailLink(t, "zoe@example.ca")), token.Secret())
		b.WantClosed(t)
		kept, before := j.KeptDrafts(t), owner.Progress(t).Draft
		typed := form.Answers{"mail": {"eve@example.ca"}, "pet": {"cat"}}
		for _, mode := range []wizard.SaveMode{wizard.Continue, wizard.Leave, wizard.Autosave} {
			for _, p := range pages {
				sub := p.Submission(mode)
				sub.Answers = typed
				result, err := j.Save(t.Context(), b.Session, sub)
				journeytest.WantError(t, "Save", err, wizard.ErrClosed)
				if want := (wizard.SaveResult{Answers: typed}); !reflect.DeepEqual(result, want) {
					t.Errorf("the result is %+v, want the answers and nothing of the draft", result)
				}
			}
		}
		journeytest.WantError(t, "SaveConsents", j.SaveConsents(t.Context(), b.Session, []string{"keep"}), wizard.ErrClosed)
		if got := owner.Progress(t).Draft; !reflect.DeepEqual(got, before) || !reflect.DeepEqual(j.KeptDrafts(t), kept) {
			t.Errorf("the draft is %+v, want it as it was: %+v", got, before)
		}
	})
}

// TestOnlyAChangedAddressLeadsBackToAProvenDraft has the draft keep an address that was
// answered before the mailbox was proven.
func TestOnlyAChangedAddressLeadsBackToAProvenDraft(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.BegunWith(t, "eve@example.ca")
	owner := j.Enter(t, j.ResumeLink(t, b.MailLink(t, "zoe@example.ca")), token.Secret())
	for _, step := range []struct{ typed, want string }{
		{"eve@example.ca", ""}, {"zoe@example.ca", "zoe@example.ca"}, {"nobody", ""}, {"ann@example.ca", "ann@example.ca"},
	} {
		owner.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {step.typed}, "lang": {"en"}})
		if got := owner.Progress(t).Info.AnsweredEmail; got != step.want {
			t.Errorf("after %s was answered, %q leads to the draft, want %q", step.typed, got, step.want)
		}
	}
}
