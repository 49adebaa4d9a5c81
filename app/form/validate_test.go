package form

import (
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

func TestValidate(t *testing.T) {
	long := func(n int) []string { return []string{strings.Repeat("é", n)} }
	tests := []struct {
		name, section string
		answers       Answers
		want          []string // field and key of each problem
	}{
		{"nothing answered", "you", Answers{},
			[]string{"email problem.missing", "language problem.missing", "name problem.missing"}},
		{"a list of nothing but empty values", "you", Answers{"name": {"", ""}, "email": {}, "language": nil},
			[]string{"email problem.missing", "language problem.missing", "name problem.missing"}},
		{"all right", "you", Answers{"name": {"Zoé"}, "email": {"zoe@example.ca"}, "language": {"fr"}}, nil},
		{"everything wrong", "you", Answers{"name": {"1"}, "email": {"zoe"}, "language": {"de"}},
			[]string{"email problem.email_no_at", "language problem.option", "name problem.name"}},
		{"two values of a single field", "you", Answers{"name": {"a", "b"}, "email": {"a@example.ca", "b@example.ca"}, "language": {"en", "fr"}},
			[]string{"email problem.single", "language problem.single", "name problem.single"}},

		{"optional choice left open", "work", Answers{}, nil},
		{"select not offered", "work", Answers{"job": {"king"}}, []string{"job problem.option"}},
		{"code in other letters", "work", Answers{"job": {"Clerk"}}, []string{"job problem.option"}},
		{"words instead of the code", "work", Answers{"job": {"Nurse"}}, []string{"job problem.option"}},
		{"hidden fields not asked", "work", Answers{"job": {"clerk"}}, nil},
		{"revealed field required", "work", Answers{"job": {"other"}}, []string{"job_other problem.missing"}},
		{"revealed field answered", "work", Answers{"job": {"other"}, "job_other": {"Pilot"}}, nil},
		{"hidden field with a wrong answer", "work", Answers{"job": {"clerk"}, "union": {"maybe"}}, nil},
		{"one of several codes reveals", "work", Answers{"job": {"zoo"}}, []string{"union problem.missing"}},
		{"chain: the second step asked", "work", Answers{"job": {"nurse"}, "union": {"yes"}}, []string{"local problem.missing"}},
		{"chain: the first step taken back", "work", Answers{"job": {"clerk"}, "union": {"yes"}}, nil},
		{"line up to its limit, in characters", "work", Answers{"job": {"other"}, "job_other": long(200)}, nil},
		{"line over its limit", "work", Answers{"job": {"other"}, "job_other": long(201)}, []string{"job_other problem.max"}},
		{"line break in a line", "work", Answers{"job": {"other"}, "job_other": {"a\nb"}}, []string{"job_other problem.unreadable"}},

		{"checkboxes: several", "ties", Answers{"clubs": {"go", "chess"}}, nil},
		{"checkboxes: one not offered", "ties", Answers{"clubs": {"go", "bridge"}}, []string{"clubs problem.option"}},
		{"checkboxes: an empty value among codes", "ties", Answers{"clubs": {"go", ""}}, []string{"clubs problem.option"}},
		{"long text with lines", "ties", Answers{"story": {"a\nb\n\nc"}}, nil},
		{"long text up to its limit", "ties", Answers{"story": long(10)}, nil},
		{"long text over its limit", "ties", Answers{"story": long(11)}, []string{"story problem.max"}},
		{"no UTF-8", "ties", Answers{"story": {"\xff"}}, []string{"story problem.unreadable"}},
		{"what Read makes of no UTF-8", "ties", Answers{"story": {"a\ufffdb"}}, []string{"story problem.unreadable"}},
		{"NUL", "ties", Answers{"story": {"a\x00b"}}, []string{"story problem.unreadable"}},
		{"bidi override", "ties", Answers{"story": {"a\u202eb"}}, []string{"story problem.unreadable"}},

		{"any of: rule does not hold", "ties", Answers{"job": {"clerk"}}, nil},
		{"any of: none, the first not asked", "ties", Answers{"job": {"student"}}, []string{"clubs problem.missing"}},
		{"any of: none, the first asked", "ties", Answers{"job": {"nurse"}, "union": {"yes"}}, []string{"town problem.missing"}},
		{"any of: only the first", "ties", Answers{"job": {"nurse"}, "union": {"yes"}, "town": {"Laval"}}, nil},
		{"any of: only the last", "ties", Answers{"job": {"nurse"}, "union": {"yes"}, "clubs": {"go"}}, nil},
		{"any of: only one that is not asked", "ties", Answers{"job": {"student"}, "town": {"Laval"}}, []string{"clubs problem.missing"}},
		{"any of: one, but wrong", "ties", Answers{"job": {"student"}, "clubs": {"bridge"}}, []string{"clubs problem.option"}},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := describeProblems(d.Validate(mustSection(t, d, tt.section), tt.answers)); !slices.Equal(got, tt.want) {
				t.Errorf("Validate(%q) found %q, want %q", tt.answers, got, tt.want)
			}
		})
	}
}

func TestAnyOfWithNoQuestionAskedIsNoProblem(t *testing.T) {
	d := mustParse(t, strings.Replace(sample, `["town", "clubs"]`, `["town"]`, 1))
	if got := d.Validate(mustSection(t, d, "ties"), Answers{"job": {"student"}}); len(got) > 0 {
		t.Errorf("Validate found %v, but there is no question that could be answered", got)
	}
}

func describeProblems(p Problems) []string {
	var found []string
	for key, problem := range p {
		found = append(found, key+" "+problem.Key)
	}
	slices.Sort(found)
	return found
}

func TestValidateAcceptsNamesInEveryScript(t *testing.T) {
	tests := []struct {
		name, typed string
		want        string // key of the problem
	}{
		{"Latin", "Ann", ""},
		{"one letter", "Ö", ""},
		{"Inuktitut", "ᐱᑕ", ""},
		{"Chinese", "李小龍", ""},
		{"Arabic", "نور", ""},
		{"Devanagari, with marks", "नीति", ""},
		{"Vietnamese", "Thảo", ""},
		{"apostrophe and hyphen", "O’-Ex", ""},
		{"digit beside a letter", "A 2", ""},
		{"point", "J. R.", ""},
		{"joiner between letters", "می\u200cر", ""},
		{"five characters of two bytes", "éééée", ""},
		{"six characters", "Sandra", "problem.max"},
		{"only digits", "123", "problem.name"},
		{"only signs", "-.'", "problem.name"},
		{"emoji", "🙂", "problem.name"},
		{"tag", "<b>", "problem.name_signs"},
		{"address", "a@b.c", "problem.name_signs"},
		{"escape", "A\x1b[0m", "problem.unreadable"},
	}
	f := mustParse(t, sample).Field("name")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, _ := f.problem(Answers{"name": {tt.typed}}); got.Key != tt.want {
				t.Errorf("%q has the problem %q, want %q", tt.typed, got.Key, tt.want)
			}
		})
	}
}

func TestProblemsAreWordedInTheLanguageOfTheReader(t *testing.T) {
	d := mustParse(t, sample)
	tests := []struct {
		name, section, field string
		answers              Answers
		want                 string
	}{
		{"missing, in its own words", "you", "name", Answers{}, "Entrez un nom"},
		{"none of several, in its own words", "ties", "clubs", Answers{"job": {"student"}}, "Donnez-en un"},
		{"too long, by how much", "ties", "story", Answers{"story": {"01234567890"}},
			"«\u00a0Récit\u00a0» peut compter au plus 10 caractères. Il y en a 11 maintenant."},
		{"no address", "you", "email", Answers{"email": {"a@b"}}, "Saisissez une adresse courriel complète, comme nom@exemple.ca"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			problem := d.Validate(mustSection(t, d, tt.section), tt.answers)[tt.field]
			if got := problem.In(i18n.French); got != tt.want {
				t.Errorf("%s: %q, want %q", tt.field, got, tt.want)
			}
		})
	}
}

func TestOptionalDependsOnWhatIsAsked(t *testing.T) {
	tests := []struct {
		name, section string
		answers       Answers
		want          bool
	}{
		{"a required question", "you", Answers{}, false},
		{"no required question asked", "work", Answers{"job": {"clerk"}}, true},
		{"a conditional required question asked", "work", Answers{"job": {"other"}}, false},
		{"one of several not needed", "ties", Answers{"job": {"clerk"}}, true},
		{"one of several needed", "ties", Answers{"job": {"nurse"}}, false},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := d.Optional(mustSection(t, d, tt.section), tt.answers); got != tt.want {
				t.Errorf("Optional(%q) = %v, want %v", tt.answers, got, tt.want)
			}
		})
	}
}

func TestLimitDependsOnKindAndMax(t *testing.T) {
	tests := []struct {
		name  string
		field Field
		want  int
	}{
		{"a line", Field{Kind: Line}, 200},
		{"several lines", Field{Kind: LongText}, 1000},
		{"an address", Field{Kind: Email}, 254},
		{"its own maximum comes first", Field{Kind: LongText, Max: 7}, 7},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.field.Limit(); got != tt.want {
				t.Errorf("Limit = %d, want %d", got, tt.want)
			}
		})
	}
}
