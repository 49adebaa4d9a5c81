package join

import (
	"strings"
	"testing"

	"joinery/app/draft"
	"joinery/app/form"
)

// FuzzParseSeen: whatever a browser sends, it is what a page was made from, or
// nothing.
func FuzzParseSeen(f *testing.F) {
	for _, text := range []string{
		"", "-", "---", "7-ABCDEFGHIJ-0123abcd-abcdef", "-1-P-d-v", "0-P--", "+7-P-d-v", "07-P-d-v", "7-P-d", "7-P-d-v-w",
		"9223372036854775807-P-d-v", "9223372036854775808-P-d-v", "0x7-P-d-v", "1e3-P-d-v", " 7-P-d-v", "7-\x00\xff \n-d-v",
		"7-" + strings.Repeat("P", 2000) + "-d-v",
	} {
		f.Add(text)
	}
	d, err := form.Parse([]byte(questions))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := ParseSnapshot(text)
		if s.Version < 0 {
			t.Errorf("%q has the version %d", text, s.Version)
		}
		if again := ParseSnapshot(s.String()); again != s {
			t.Errorf("%q is read as %+v and then as %+v", text, s, again)
		}
		s.ofOtherDraft(draft.Draft{Key: "a draft"})
		for i := range d.Sections {
			for j := range d.Sections[i].Fields {
				s.changed(&d.Sections[i], j, form.Answers{"mail": {"zoe@example.ca"}})
			}
		}
	})
}

func TestSeenTellsWhatWasChanged(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	d := draft.Draft{Key: "a draft", Sections: map[string]draft.Section{
		"one": {Answers: form.Answers{"lang": {"en"}}, Invalid: form.Answers{"mail": {"zoe@"}}, Version: 7},
	}}
	section := &b.Form.Sections[0]
	seen := ParseSnapshot(b.Snapshot(d, section).String())
	if seen.Version != 7 || seen.ofOtherDraft(d) || !seen.ofOtherDraft(draft.Draft{Key: "another"}) {
		t.Errorf("%+v is not of the draft that was shown", seen)
	}
	tests := []struct {
		name       string
		now        form.Answers
		mail, lang bool
	}{
		{"nothing", form.Answers{"mail": {"zoe@"}, "lang": {"en"}}, false, false},
		{"one answer", form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}}, true, false},
		{"an answer was taken away", form.Answers{"mail": {"zoe@"}, "lang": {}}, false, true},
		{"all were", nil, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if mail, lang := seen.changed(section, 0, tt.now), seen.changed(section, 1, tt.now); mail != tt.mail || lang != tt.lang {
				t.Errorf("changed are mail %t and lang %t, want %t and %t", mail, lang, tt.mail, tt.lang)
			}
		})
	}
	if other := b.Snapshot(d, section); other.Page == seen.Page {
		t.Error("two showings have one name")
	}
	if s := (Snapshot{}); !s.changed(section, 0, nil) || s.ofOtherDraft(d) {
		t.Error("a page that has shown nothing is taken for one that has")
	}
}

func TestSeenTellsNothingOfTheDraft(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	d := w.progress(t).Draft
	text := b.Snapshot(d, &b.Form.Sections[0]).String()
	for _, secret := range []string{w.id, d.Key, "zoe"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in a page", secret)
		}
	}
}
