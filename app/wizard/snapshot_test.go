package wizard_test

import (
	"strings"
	"testing"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// FuzzParseSnapshot holds ParseSnapshot to this: what a browser sends is a snapshot
// or nothing.
func FuzzParseSnapshot(f *testing.F) {
	for _, text := range []string{
		"", "-", "---", "7-ABCDEFGHIJ-0123abcd-abcdef", "-1-P-d-v", "0-P--", "+7-P-d-v", "07-P-d-v", "7-P-d", "7-P-d-v-w",
		"9223372036854775807-P-d-v", "9223372036854775808-P-d-v", "0x7-P-d-v", "1e3-P-d-v", " 7-P-d-v", "7-\x00\xff \n-d-v",
		"7-" + strings.Repeat("P", 2000) + "-d-v",
	} {
		f.Add(text)
	}
	d := journeytest.Parse(f, journeytest.Questions)
	f.Fuzz(func(t *testing.T, text string) {
		s := wizard.ParseSnapshot(text)
		if s.Version < 0 {
			t.Errorf("%q has the version %d", text, s.Version)
		}
		if again := wizard.ParseSnapshot(s.String()); again != s {
			t.Errorf("%q is read as %+v and then as %+v", text, s, again)
		}
		s.NotHeld(holding("a draft"))
		for i := range d.Sections {
			for k := range d.Sections[i].Fields {
				s.Changed(&d.Sections[i], k, form.Answers{"mail": {"zoe@example.ca"}})
			}
		}
	})
}

func TestASnapshotTellsWhichAnswersWereChanged(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	d := draft.Draft{Key: "a draft", Sections: map[string]draft.Section{
		"one": {Answers: form.Answers{"lang": {"en"}}, Invalid: form.Answers{"mail": {"zoe@"}}, Version: 7},
	}}
	section := &j.Form.Sections[0]
	s := wizard.ParseSnapshot(j.Wizard.Snapshot(d, section).String())
	if s.Version != 7 || s.NotHeld(holding("a draft")) || !s.NotHeld(holding("another")) {
		t.Errorf("%+v is not of the draft that was shown", s)
	}
	tests := []struct {
		name       string
		now        form.Answers
		mail, lang bool
	}{
		{"none", form.Answers{"mail": {"zoe@"}, "lang": {"en"}}, false, false},
		{"one answer", form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}}, true, false},
		{"an answer was taken away", form.Answers{"mail": {"zoe@"}, "lang": {}}, false, true},
		{"all", nil, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if mail, lang := s.Changed(section, 0, tt.now), s.Changed(section, 1, tt.now); mail != tt.mail || lang != tt.lang {
				t.Errorf("changed are mail %t and lang %t, want %t and %t", mail, lang, tt.mail, tt.lang)
			}
		})
	}
	if other := j.Wizard.Snapshot(d, section); other.Page == s.Page {
		t.Error("two showings have one name")
	}
	if s := (wizard.Snapshot{}); !s.Changed(section, 0, nil) || s.NotHeld(holding("a draft")) {
		t.Error("a page that has shown nothing is taken for one that has")
	}
}

func TestASnapshotGivesNothingOfTheDraftAway(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	d := b.Progress(t).Draft
	text := j.Wizard.Snapshot(d, &j.Form.Sections[0]).String()
	for _, secret := range []string{b.Session, d.Key, "zoe"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in a page", secret)
		}
	}
}

// holding returns the progress of a browser whose session leads to a draft.
func holding(key string) wizard.Progress {
	return wizard.Progress{Session: "s", Info: access.DraftInfo{Draft: key}}
}

func TestABrowserHoldsADraftThatIsGoneWhileItsSessionStands(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	s := j.Wizard.Snapshot(draft.Draft{Key: "a draft"}, &j.Form.Sections[0])
	for name, tt := range map[string]struct {
		p       wizard.Progress
		notHeld bool
	}{
		"the draft":                       {holding("a draft"), false},
		"another draft":                   {holding("another"), true},
		"a session that leads to nothing": {wizard.Progress{Session: "s"}, false},
		"no session, as after leaving":    {wizard.Progress{}, true},
	} {
		if got := s.NotHeld(tt.p); got != tt.notHeld {
			t.Errorf("%s: not held is %t, want %t", name, got, tt.notHeld)
		}
	}
}
