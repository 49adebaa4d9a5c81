package wizard_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

func TestADraftThatWasSubmittedTakesNoAnswers(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		stale := b.Open(t, "one")
		j.MustSubmit(t, b.Session)
		for _, m := range modes {
			result, err := stale.Save(t, m, form.Answers{"mail": {"x@example.ca"}})
			if !errors.Is(err, wizard.ErrSubmitted) || result.Session != "" {
				t.Errorf("Save = %+v, %v, want ErrSubmitted", result, err)
			}
		}
		a := j.MustApplication(t, b.Session)
		if a.Answers.First("mail") != "Zoe@Hospital.EXAMPLE" {
			t.Errorf("what was submitted is %+v, want it as it was", a)
		}
		if kept := j.KeptDrafts(t); len(kept) > 0 {
			t.Errorf("there is a draft again: %q", kept)
		}
		j.Pass(j.WaitingTTL) // the sweep has not come yet
		before := b.Session
		if again := stale.MustSave(t, wizard.Continue, nil); again.Session == before || !again.NewDraft {
			t.Errorf("Save = %+v, want a new draft with a session of its own", again)
		}
	})
}

// TestAPageOfADraftThatMadeAMemberIsSaidToBeSubmitted saves the page after the
// confirmation.
func TestAPageOfADraftThatMadeAMemberIsSaidToBeSubmitted(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Browser(j.Finished(t))
	stale := b.Open(t, "two")
	j.MustSubmit(t, b.Session)
	j.ConfirmNewest(t)
	for _, m := range modes {
		_, err := stale.Save(t, m, form.Answers{"pet": {"cat"}})
		journeytest.WantError(t, "Save", err, wizard.ErrSubmitted)
	}
}

func TestAPageOfAnApplicationNeverWritesIntoItsCorrection(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		p := b.Open(t, "one")
		j.MustSubmit(t, b.Session)
		journeytest.Must(t, j.StartCorrection(t.Context(), b.Session))
		_, err := p.Save(t, wizard.Continue, form.Answers{"mail": {"stale@example.ca"}})
		journeytest.WantError(t, "Save", err, wizard.ErrNotHeld)
	})
}

// TestWhatIsLeftOfADraftThatWasSubmittedIsNoDraft has the store keep something of
// it.
func TestWhatIsLeftOfADraftThatWasSubmittedIsNoDraft(t *testing.T) {
	endings := map[string]func(*testing.T, *journeytest.Journey, string) error{
		"confirmed": func(t *testing.T, j *journeytest.Journey, _ string) error { j.ConfirmNewest(t); return nil },
		"withdrawn": func(t *testing.T, j *journeytest.Journey, id string) error {
			return j.Members.Withdraw(t.Context(), id, j.Time)
		},
		"expired": func(_ *testing.T, j *journeytest.Journey, _ string) error { j.Pass(j.WaitingTTL); return nil },
	}
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.Browser(j.Submitted(t))
				b.SaveLate(t)
				wantSubmitted(t, b)
				journeytest.Must(t, end(t, j, j.MustApplication(t, b.Session).ID))
				wantNothingBegun(t, b)
			})
		})
	}
}

// wantSubmitted wants the draft of b to wait, so that it can neither be filled in
// nor deleted nor submitted again.
func wantSubmitted(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	if p, err := b.Journey.Progress(t.Context(), b.Session); !errors.Is(err, wizard.ErrSubmitted) || p.HasDraft() {
		t.Errorf("while it waits Progress = %+v, %v, want ErrSubmitted", p, err)
	}
	_, err := b.Save(t.Context(), b.Session, wizard.Submission{Section: &b.Form.Sections[0]})
	journeytest.WantError(t, "while it waits Save", err, wizard.ErrSubmitted)
	journeytest.WantError(t, "while it waits Delete", b.Delete(t.Context(), b.Session), wizard.ErrSubmitted)
	b.MustSubmit(t, b.Session)
	b.WantCount(t, "applications", 1)
}

// wantNothingBegun wants b to hold no draft, and a save to begin another.
func wantNothingBegun(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	b.WantNoDraft(t)
	_, err := b.Submit(t.Context(), b.Session, []string{"keep"}, i18n.English, "")
	journeytest.WantError(t, "after its end Submit", err, wizard.ErrNoDraft)
	before := b.Session
	result := b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"lang": {"en"}})
	if result.Session == before || result.Session == "" || result.Answers.First("mail") != "" {
		t.Errorf("Save = %+v, want another session than %s and nothing of the old answers", result, before)
	}
	b.WantTyped(t, form.Answers{"lang": {"en"}})
}

// TestTheOutcomeOfADraftDecidesWhatASaveDoes tells a wizard, which knows nothing of
// what submits a draft, what became of one.
func TestTheOutcomeOfADraftDecidesWhatASaveDoes(t *testing.T) {
	tests := map[string]struct {
		status wizard.Status
		own    error // of a Continue of a page of that draft
		fresh  error // of a Continue of a page that showed no draft
	}{
		"unsubmitted": {wizard.Unsubmitted, nil, nil},
		"submitted":   {wizard.Submitted, wizard.ErrSubmitted, wizard.ErrSubmitted},
		"completed":   {wizard.Completed, wizard.ErrSubmitted, nil},
		"ended":       {wizard.Ended, nil, nil},
	}
	for name, tt := range tests {
		for _, own := range []bool{true, false} {
			t.Run(fmt.Sprint(name, ", own page ", own), func(t *testing.T) {
				t.Parallel()
				j := journeytest.New(t)
				b := j.Begun(t)
				p, key := b.Open(t, "two"), b.Progress(t).Draft.Key
				var err error
				j.Wizard, err = wizard.New(wizard.Options{
					Form: j.Form, Drafts: j.Drafts, Access: j.Access, Now: j.Now, TTL: j.DraftTTL,
					Outcome: func(_ context.Context, draft string) (wizard.Outcome, error) {
						if draft != key {
							return wizard.Outcome{}, nil
						}
						return wizard.Outcome{Status: tt.status, Draft: key}, nil
					},
				})
				journeytest.Must(t, err)
				want := tt.own
				if !own {
					p.Snapshot, want = wizard.Snapshot{}, tt.fresh
				}
				_, err = p.Save(t, wizard.Continue, form.Answers{"pet": {"none"}})
				journeytest.WantError(t, "Save", err, want)
				if err == nil && (b.Progress(t).Draft.Key == key) != (tt.status == wizard.Unsubmitted) {
					t.Errorf("saved was the draft %s, and the first was %s", b.Progress(t).Draft.Key, key)
				}
			})
		}
	}
}

// TestAnOutcomeThatCannotBeToldSavesNothing has the store of outcomes fail.
func TestAnOutcomeThatCannotBeToldSavesNothing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	failure := errors.New("the store has failed")
	w, err := wizard.New(wizard.Options{
		Form: j.Form, Drafts: j.Drafts, Access: j.Access, Now: j.Now, TTL: j.DraftTTL,
		Outcome: func(context.Context, string) (wizard.Outcome, error) { return wizard.Outcome{}, failure },
	})
	journeytest.Must(t, err)
	b := j.Begun(t)
	if p, err := w.Progress(t.Context(), b.Session); !errors.Is(err, failure) || p.HasDraft() {
		t.Errorf("Progress = %+v, %v, want the failure", p, err)
	}
}
