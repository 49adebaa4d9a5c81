package wizard_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// wantConflict saves p, which must be refused because the section was changed
// elsewhere, and must change nothing. It wants the conflict to be about these
// questions, each with which of its answers is the newer one.
func wantConflict(t *testing.T, p *journeytest.Page, m wizard.SaveMode, typed form.Answers, want ...string) wizard.SaveResult {
	t.Helper()
	before := p.Browser.Progress(t).Draft
	result, err := p.Save(t, m, typed)
	if !errors.Is(err, wizard.ErrConflict) || result.Conflict == nil {
		t.Fatalf("Save = %+v, %v, want ErrConflict", result, err)
	}
	var got []string
	for _, d := range result.Conflict.Differences {
		got = append(got, d.Field.Key+map[bool]string{true: " posted", false: " stored"}[d.PostedIsNewer])
	}
	if !slices.Equal(got, want) {
		t.Errorf("the conflict is about %q, want %q", got, want)
	}
	if after := p.Browser.Progress(t).Draft; !reflect.DeepEqual(after, before) {
		t.Errorf("the draft has become\n%+v, want what it was\n%+v", after, before)
	}
	return result
}

// choose saves again what stands on p once a conflict was shown. KeepStored are the
// questions of which the stored answer is to stay.
func choose(t *testing.T, p *journeytest.Page, c *wizard.Conflict, keepStored ...string) (wizard.SaveResult, error) {
	t.Helper()
	sub := p.Submission(wizard.Continue)
	sub.Snapshot, sub.KeepStored = wizard.ParseSnapshot(c.Snapshot.String()), keepStored
	return p.Journey.Save(t.Context(), p.Session, sub)
}

func TestASectionThatWasChangedElsewhereIsNotOverwritten(t *testing.T) {
	for name, m := range modes {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.Begun(t)
				p, other := b.Open(t, "one"), b.Beside(t).Open(t, "one")
				other.MustSave(t, wizard.Continue, form.Answers{"mail": {"stored@example.ca"}})
				result := wantConflict(t, p, m, form.Answers{"lang": {"fr"}}, "mail stored", "lang posted")
				if got := result.Conflict.Stored; got.First("mail") != "stored@example.ca" || got.First("lang") != "en" {
					t.Errorf("the stored answers are %v", got)
				}
				if got := result.Answers; got.First("mail") != "zoe@example.ca" || got.First("lang") != "fr" {
					t.Errorf("the answers of the page are %v", got)
				}
			})
		})
	}
}

func TestOneQuestionThatWasChangedOnTwoPagesConflicts(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		p, other := b.Open(t, "one"), b.Open(t, "one")
		other.MustSave(t, wizard.Autosave, form.Answers{"mail": {"nobody"}}) // right or wrong
		wantConflict(t, p, wizard.Continue, form.Answers{"mail": {"posted@example.ca"}}, "mail posted")
		wantConflict(t, p, wizard.Autosave, form.Answers{"mail": {}}, "mail posted")
		other.MustSave(t, wizard.Continue, form.Answers{"mail": {"stored@example.ca"}})
		wantConflict(t, p, wizard.Leave, form.Answers{"mail": {"posted@example.ca"}}, "mail posted")
	})
}

func TestTheChosenAnswersStay(t *testing.T) {
	tests := []struct {
		keepStored []string
		want       form.Answers
	}{
		{nil, form.Answers{"mail": {"posted@example.ca"}, "lang": {"fr"}}},
		{[]string{"mail"}, form.Answers{"mail": {"stored@example.ca"}, "lang": {"fr"}}},
		{[]string{"lang"}, form.Answers{"mail": {"posted@example.ca"}, "lang": {"en"}}},
		{[]string{"mail", "lang"}, form.Answers{"mail": {"stored@example.ca"}, "lang": {"en"}}},
		{[]string{"mail", "pet", "made up"}, form.Answers{"mail": {"stored@example.ca"}, "lang": {"fr"}}},
	}
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		for _, tt := range tests {
			t.Run(fmt.Sprint("stored ", tt.keepStored), func(t *testing.T) {
				b := j.Begun(t)
				p, other := b.Open(t, "one"), b.Open(t, "one")
				other.MustSave(t, wizard.Autosave, form.Answers{"mail": {"stored@example.ca"}})
				c := wantConflict(t, p, wizard.Continue, form.Answers{"mail": {"posted@example.ca"}, "lang": {"fr"}}, "mail posted", "lang posted")
				if _, err := choose(t, p, c.Conflict, tt.keepStored...); err != nil {
					t.Errorf("choosing: %v", err)
				}
				b.WantTyped(t, tt.want)
				b.WantNext(t, "two")
				if result, err := choose(t, p, c.Conflict, tt.keepStored...); err != nil {
					t.Errorf("choosing twice: %+v, %v", result.Conflict, err)
				}
				b.WantTyped(t, tt.want)
			})
		}
	})
}

func TestASaveBetweenAConflictAndTheChoiceConflictsAgain(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		p, other := b.Open(t, "one"), b.Open(t, "one")
		other.MustSave(t, wizard.Continue, form.Answers{"mail": {"stored@example.ca"}})
		c := wantConflict(t, p, wizard.Continue, form.Answers{"lang": {"fr"}}, "mail stored", "lang posted")
		b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"third@example.ca"}})
		result, err := choose(t, p, c.Conflict, "lang")
		journeytest.WantError(t, "choosing", err, wizard.ErrConflict)
		b.WantTyped(t, form.Answers{"mail": {"third@example.ca"}, "lang": {"en"}})
		if _, err := choose(t, p, result.Conflict, "mail"); err != nil {
			t.Errorf("choosing again: %v", err)
		}
		b.WantTyped(t, form.Answers{"mail": {"third@example.ca"}, "lang": {"fr"}})
	})
}

// TestALetterTypedInAnotherWayIsNoDifference types an accent with its letter and after
// it. What is stored is what was typed last.
func TestALetterTypedInAnotherWayIsNoDifference(t *testing.T) {
	const composed, decomposed = "Chlo\u00e9", "Chloe\u0301"
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		first, second := b.Open(t, "two"), b.Open(t, "two")
		first.MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {composed}})
		second.MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {decomposed}})
		if got := b.Progress(t).Draft.Typed(j.Form).First("petname"); got != decomposed {
			t.Errorf("the name is %+q, want %+q", got, decomposed)
		}
	})
}

func TestTheSameAnswersDoNotConflict(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		first, second, third := b.Open(t, "one"), b.Open(t, "one"), b.Open(t, "one")
		same := form.Answers{"mail": {"new@example.ca"}, "lang": {"fr"}}
		first.MustSave(t, wizard.Leave, same)
		second.MustSave(t, wizard.Continue, same)
		b.WantNext(t, "two")
		if left := b.Progress(t).LeftAt; left != "" {
			t.Errorf("%s was left in the middle, though it was continued", left)
		}
		third.MustSave(t, wizard.Autosave, same)
		if left := b.Progress(t).LeftAt; left != "" {
			t.Errorf("a late autosave left %s in the middle", left)
		}
		b.WantTyped(t, same)
	})
}

func TestSavesOfDifferentSectionsNeverConflict(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		one, two := b.Open(t, "one"), b.Beside(t).Open(t, "two")
		for i := range 5 {
			one.MustSave(t, wizard.Autosave, form.Answers{"mail": {fmt.Sprint("zoe", i, "@example.ca")}})
			two.MustSave(t, wizard.Autosave, form.Answers{"pet": {"cat"}, "petname": {fmt.Sprint("Łuna ", i)}})
		}
		one.MustSave(t, wizard.Continue, nil)
		two.MustSave(t, wizard.Continue, nil)
		b.WantTyped(t, form.Answers{"mail": {"zoe4@example.ca"}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna 4"}})
		b.WantNext(t, "")
	})
}

// TestAQuestionThatTheStoredAnswerRaisesConflictsToo has the page take the question
// away by its answer, while the answer to it was changed elsewhere.
func TestAQuestionThatTheStoredAnswerRaisesConflictsToo(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"of before"}})
		p, other := b.Open(t, "two"), b.Open(t, "two")
		other.MustSave(t, wizard.Continue, form.Answers{"petname": {"Łuna"}})
		c := wantConflict(t, p, wizard.Continue, form.Answers{"pet": {"none"}}, "pet posted", "petname stored")
		if got := c.Answers.First("petname"); got != "of before" {
			t.Errorf("the name on the page is %q, want the one that the page has", got)
		}
		if _, err := choose(t, p, c.Conflict, "pet", "petname"); err != nil {
			t.Errorf("choosing: %v", err)
		}
		if got := b.Open(t, "two").Answers.First("petname"); got != "Łuna" {
			t.Errorf("the name is %q, want the one that was saved elsewhere", got)
		}
	})
}

// TestAPageOfAnotherDraftNeverWritesIntoThisOne has a browser given another draft
// while a page of the first is open.
func TestAPageOfAnotherDraftNeverWritesIntoThisOne(t *testing.T) {
	for name, m := range modes {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b, other := j.Begun(t), j.Begun(t)
				other.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"other@example.ca"}})
				one, two := b.Open(t, "one"), b.Open(t, "two")
				b.Session = other.Beside(t).Session
				before := b.Progress(t).Draft
				for p, typed := range map[*journeytest.Page]form.Answers{one: {"lang": {"fr"}}, two: {"pet": {"none"}}} {
					result, err := p.Save(t, m, typed)
					journeytest.WantError(t, "Save", err, wizard.ErrNotHeld)
					if result.Conflict != nil || slices.Contains(result.Answers["mail"], "other@example.ca") {
						t.Errorf("Save = %+v, want only what the page has", result)
					}
				}
				if after := b.Progress(t).Draft; !reflect.DeepEqual(after, before) {
					t.Errorf("the draft has become\n%+v, want what it was\n%+v", after, before)
				}
			})
		})
	}
}

func TestAPageWithoutASnapshotOverwritesNothing(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		for _, snapshot := range []string{"", "garbage", "0-P--", "-1-P-d-v", strings.Repeat("9", 30) + "-P--"} {
			p := b.Open(t, "one")
			p.Snapshot = wizard.ParseSnapshot(snapshot)
			wantConflict(t, p, wizard.Continue, form.Answers{"mail": {"other@example.ca"}}, "mail posted")
		}
		_, err := j.Save(t.Context(), b.Session, wizard.Submission{Section: &j.Form.Sections[1], Answers: form.Answers{"pet": {"none"}}, Lang: i18n.English})
		if errors.Is(err, wizard.ErrConflict) {
			t.Error("a section that was never saved was changed elsewhere")
		}
	})
}
