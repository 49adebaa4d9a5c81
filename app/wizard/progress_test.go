package wizard_test

import (
	"testing"

	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// A step is something that a browser does to its draft.
type step func(*testing.T, *journeytest.Browser)

// save returns the step that saves a section.
func save(section string, m wizard.SaveMode, answers form.Answers) step {
	return func(t *testing.T, b *journeytest.Browser) { b.Open(t, section).MustSave(t, m, answers) }
}

func TestAVisitGoesOnWhereTheLastOneEnded(t *testing.T) {
	one := func(m wizard.SaveMode) step { return save("one", m, form.Answers{"lang": {"fr"}}) }
	two := func(m wizard.SaveMode) step {
		return save("two", m, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
	}
	wrong := save("one", wizard.Continue, form.Answers{"mail": {"nobody"}})
	consents := func(t *testing.T, b *journeytest.Browser) {
		journeytest.Must(t, b.SaveConsents(t.Context(), b.Session, []string{"news"}))
	}
	tests := []struct {
		name  string
		steps []step // after the first section was continued
		page  string // the key of a section, or "": the last page
		left  string
	}{
		{"with the next section", nil, "two", ""},
		{"with the section that was left", []step{two(wizard.Leave)}, "two", "two"},
		{"with the section that was being filled in", []step{two(wizard.Autosave)}, "two", "two"},
		{"with an earlier section that was left", []step{two(wizard.Continue), one(wizard.Leave)}, "one", "one"},
		{"with the section that was saved last", []step{one(wizard.Autosave), two(wizard.Autosave)}, "two", "two"},
		{"with the next section after a continue", []step{one(wizard.Autosave), one(wizard.Continue)}, "two", ""},
		{"with the last page when all is done", []step{two(wizard.Continue)}, "", ""},
		{"with the last page that was left", []step{two(wizard.Continue), consents}, "", wizard.ConsentsSection},
		{"with the last page though a section was left before", []step{two(wizard.Leave), two(wizard.Continue), consents}, "", wizard.ConsentsSection},
		{"with a section that is wrong", []step{two(wizard.Continue), wrong}, "one", ""},
		{"with a section that is wrong before a later one", []step{wrong, two(wizard.Leave)}, "one", "two"},
	}
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				b := j.Begun(t)
				for _, do := range tt.steps {
					do(t, b)
				}
				p, page := b.Progress(t), ""
				if section := p.NextPage(j.Form); section != nil {
					page = section.Key
				}
				if page != tt.page || p.LeftAt != tt.left {
					t.Errorf("the next page is %q and %q was left, want %q and %q", page, p.LeftAt, tt.page, tt.left)
				}
			})
		}
	})
}

func TestTheNextPageIsTheSameOnEveryDevice(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		other := b.Beside(t)
		p := b.Open(t, "two")
		p.MustSave(t, wizard.Leave, form.Answers{"pet": {"cat"}})
		if got := other.Progress(t); got.NextPage(j.Form).Key != "two" {
			t.Errorf("on another device the next page is %s, want two", got.NextPage(j.Form).Key)
		}
		if a, b := b.Progress(t).DraftID(), other.Progress(t).DraftID(); a != b || a == "" {
			t.Errorf("the draft has the IDs %q and %q, want one", a, b)
		}
	})
}

func TestASectionCanBeReachedOnceAllBeforeItAreFinished(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Browser("")
	want := func(want string) {
		t.Helper()
		var got string
		p := b.Progress(t)
		for i := range j.Form.Sections {
			if p.Reachable(&j.Form.Sections[i]) {
				got += j.Form.Sections[i].Key + " "
			}
		}
		if got != want {
			t.Errorf("the sections %qcan be reached, want %q", got, want)
		}
	}
	want("one ")
	b.Open(t, "one").MustSave(t, wizard.Leave, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
	want("one ")
	b.Open(t, "one").MustSave(t, wizard.Continue, nil)
	want("one two ")
	b.Session = j.Finished(t)
	want("one two ")
}

func TestOnlyAContinueFinishesASection(t *testing.T) {
	tests := []struct {
		name  string
		modes []wizard.SaveMode
		mail  string // typed before the last of them
		next  string
	}{
		{"nothing is saved", nil, "", "one"},
		{"an autosave", []wizard.SaveMode{wizard.Autosave}, "zoe@example.ca", "one"},
		{"leaving", []wizard.SaveMode{wizard.Leave}, "zoe@example.ca", "one"},
		{"leaving after autosaves", []wizard.SaveMode{wizard.Autosave, wizard.Autosave, wizard.Leave}, "zoe@example.ca", "one"},
		{"a continue", []wizard.SaveMode{wizard.Continue}, "zoe@example.ca", "two"},
		{"a continue with a wrong answer", []wizard.SaveMode{wizard.Continue}, "zoe", "one"},
		{"a continue after an autosave", []wizard.SaveMode{wizard.Autosave, wizard.Continue}, "zoe@example.ca", "two"},
		{"an autosave after a continue", []wizard.SaveMode{wizard.Continue, wizard.Autosave}, "zoe@example.ca", "two"},
		{"leaving after a continue", []wizard.SaveMode{wizard.Continue, wizard.Leave}, "zoe@example.ca", "two"},
		{"a wrong answer after a continue", []wizard.SaveMode{wizard.Continue, wizard.Autosave}, "zoe", "one"},
	}
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				b := j.Browser("")
				mail := "ann@example.ca"
				for i, m := range tt.modes {
					if i == len(tt.modes)-1 {
						mail = tt.mail
					}
					b.Open(t, "one").MustSave(t, m, form.Answers{"mail": {mail}, "lang": {"en"}})
				}
				b.WantNext(t, tt.next)
			})
		}
	})
}

// TestTheVersionOfADraftChangesWithItsAnswers and not with its consents, which the
// page that shows the answers keeps itself.
func TestTheVersionOfADraftChangesWithItsAnswers(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		seen := map[string]bool{j.Begun(t).Progress(t).Version(): true}
		for _, do := range []step{
			func(*testing.T, *journeytest.Browser) {},
			save("one", wizard.Autosave, form.Answers{"lang": {"en"}}),
			save("two", wizard.Leave, form.Answers{"pet": {"none"}}),
			save("one", wizard.Continue, nil),
		} {
			do(t, b)
			version := b.Progress(t).Version()
			if seen[version] {
				t.Errorf("the version %s stands for two drafts", version)
			}
			seen[version] = true
			journeytest.Must(t, j.SaveConsents(t.Context(), b.Session, []string{"news"}))
			if got := b.Progress(t).Version(); got != version {
				t.Errorf("with a consent the version has become %s, want %s", got, version)
			}
		}
	})
}
