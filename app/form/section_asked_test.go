package form

import (
	"slices"
	"strings"
	"testing"
)

// withCondition returns the sample with a condition on its last section.
func withCondition(t *testing.T, more string) *Definition {
	t.Helper()
	return mustParse(t, strings.Replace(sample, `"key": "ties",`, `"key": "ties", "when": {"field": "job", "in": ["nurse", "student"]},`+more, 1))
}

const add = `"add": {"en": "Add a tie", "fr": "Ajouter un lien"},`

func TestASectionIsAskedByItsCondition(t *testing.T) {
	tests := []struct {
		name    string
		add     string
		answers Answers
		want    string
	}{
		{"nothing answered", "", nil, "you work"},
		{"condition met", "", Answers{"job": {"student"}}, "you work ties"},
		{"condition not met", "", Answers{"job": {"clerk"}}, "you work"},
		{"answered, but not to be added", "", Answers{"job": {"clerk"}, "clubs": {"go"}}, "you work"},
		{"to be added, and not answered", add, Answers{"job": {"clerk"}, "clubs": {""}}, "you work"},
		{"to be added, and answered", add, Answers{"job": {"clerk"}, "clubs": {"go"}}, "you work ties"},
		{"to be added, and only a follow-up is left", add, Answers{"job": {"clerk"}, "more": {"art"}}, "you work"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range withCondition(t, tt.add).SectionsAsked(tt.answers) {
				got = append(got, s.Key)
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("asked are %s, want %s", got, tt.want)
			}
		})
	}
}

func TestASectionThatIsNotAskedIsNeitherCheckedNorSent(t *testing.T) {
	d := withCondition(t, "")
	s := mustSection(t, d, "ties")
	answers := Answers{"job": {"clerk"}, "clubs": {"go"}, "story": {strings.Repeat("a", 11)}}
	if got := d.Validate(s, answers); len(got) > 0 {
		t.Errorf("Validate found %v", got)
	}
	if got := d.ValidatePage(s, answers); got["story"].Key != "problem.max" {
		t.Errorf("as its page asks, Validate found %v, want the long story", got)
	}
	if got := d.Prune(answers); len(got) != 1 {
		t.Errorf("%v is sent, want only the job", got)
	}
	if !d.Optional(s, answers) || d.Changes(s, mustParse(t, sample), answers).NeedsReview() {
		t.Error("the section is needed though it is not asked")
	}
}

// What was on the page is saved, though the condition is met no longer: what was emptied stays
// empty, and what was typed is not lost.
func TestThePageOfASectionThatIsNotAskedIsSaved(t *testing.T) {
	for _, more := range []string{"", add} {
		d := withCondition(t, more)
		saved := Answers{"job": {"clerk"}, "clubs": {"other"}, "more": {"art"}, "story": {"old"}}
		got := d.Merge(mustSection(t, d, "ties"), saved, Answers{"clubs": {"other"}, "more": {"sport"}, "story": {}})
		if !slices.Equal(got["more"], []string{"sport"}) || len(got["story"]) > 0 {
			t.Errorf("with %q, saved is %v", more, got)
		}
	}
}

// Only an answer for which the section was added keeps it: one of those of its rule.
func TestAnAnswerThatAddsNothingDoesNotKeepAnAddedSection(t *testing.T) {
	d := withCondition(t, add)
	s := mustSection(t, d, "ties")
	for _, tt := range []struct {
		answers Answers
		asked   bool
	}{
		{Answers{"job": {"clerk"}, "clubs": {"go"}}, true},
		{Answers{"job": {"clerk"}, "story": {"Long ago"}}, false},
		{Answers{"job": {"clerk"}, "town": {"Gaspé"}}, true}, // from an earlier form, perhaps
	} {
		if asked := slices.Contains(d.SectionsAsked(tt.answers), s); asked != tt.asked {
			t.Errorf("with %v the section is asked: %t", tt.answers, asked)
		}
	}
}

func TestASectionThatCanBeAddedIsOptional(t *testing.T) {
	d := withCondition(t, add)
	s := mustSection(t, d, "ties")
	for _, answers := range []Answers{{"job": {"clerk"}}, {"job": {"clerk"}, "clubs": {"go"}}} {
		if !d.Optional(s, answers) || len(d.Validate(s, answers)) > 0 {
			t.Errorf("with %v the section is needed", answers)
		}
	}
	if d.Optional(s, Answers{"job": {"nurse"}}) {
		t.Error("the section is optional though a rule asks for it")
	}
}
