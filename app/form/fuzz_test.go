package form

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"joinery/app/i18n"
)

// FuzzParse checks that Parse never panics and that every definition it accepts
// can be asked, answered and parsed again.
func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte(`{"version": "1", "sections": [{"key": "a", "fields": [{"key": "b", "when": {"field": "b", "in": ["c"]}}]}]}`))
	f.Add([]byte(`{"sections": [null, {"fields": [null], "any_of": {"fields": [""]}}], "lists": {"": [null]}, "consents": [null]}`))
	f.Add([]byte(strings.NewReplacer(`"key": "union"`, `"key": "job"`, `"field": "job"`, `"field": "union"`).Replace(sample)))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(data)
		if (d == nil) == (err == nil) {
			t.Fatalf("Parse returns %v and %v", d, err)
		}
		if err != nil {
			return
		}
		if again, err := Parse([]byte(d.Source())); err != nil || again.Source() != d.Source() {
			t.Fatalf("the source of a form is not its own: %v\n%s", err, d.Source())
		}
		d.Address().Limit()
		d.Language().Limit()
		for _, posted := range []url.Values{{}, everyAnswer(d)} {
			checkEverySection(t, d, posted)
		}
	})
}

// everyAnswer returns a posted form with a text and every offered code for each
// field of d.
func everyAnswer(d *Definition) url.Values {
	posted := make(url.Values)
	for _, s := range d.Sections {
		for _, f := range s.Fields {
			posted.Add(f.Key, "zoe@example.ca")
			for _, o := range f.Options {
				posted.Add(f.Key, o.Code)
			}
		}
	}
	return posted
}

// FuzzRead checks that the answers are clean whatever is posted.
func FuzzRead(f *testing.F) {
	d := mustMembership(f)
	f.Add("")
	f.Add("first_name=Zo%C3%A9&last_name=Roy&email=zoe@example.ca&language=fr&region=outside&country=FR&pronouns=elle")
	f.Add("first_name=Zo%E9%00&first_name=B&email=a%0D%0ABcc:b@c.ca&language=de&language=en&region=qc&country=FR")
	f.Add("roles=other&roles=trainee&roles=other&roles=king&role_other=e%E2%81%A0%CC%81&shown=trainee_level")
	f.Add("first_name=a+%E2%80%8B+b&last_name=%E2%80%8E+%E2%80%8D&goals=%0D%E2%81%A0%0Aa%C2%85%E2%80%A8b%0B")
	f.Add("goals=a" + strings.Repeat("%CC%81", 40) + "&pronouns=%CD%84%CC%88&university=%E1%84%80%E2%81%A0%E1%85%A1")
	f.Add("first_name=%ED%A0%80%F4%90%80%80%EF%BF%BF%EF%B7%90&expertise=other&expertise_other=%E2%80%AE%F3%A0%81%A7;x")
	f.Fuzz(func(t *testing.T, query string) {
		posted, _ := url.ParseQuery(query) // with every pair that is well formed
		checkEverySection(t, d, posted)
	})
}

// checkEverySection takes every section of d from posted through all four steps.
func checkEverySection(t *testing.T, d *Definition, posted url.Values) {
	answers := make(Answers)
	for i := range d.Sections {
		s := &d.Sections[i]
		d.Validate(s, Answers(posted))
		for key, values := range d.Merge(s, answers, checkRead(t, s, posted)) {
			answers[key] = values
		}
	}
	pruned := d.Prune(answers)
	for i := range d.Sections {
		s := &d.Sections[i]
		if got, want := d.Validate(s, pruned), d.Validate(s, answers); !reflect.DeepEqual(got, want) {
			t.Errorf("pruned, %+q has the problems %v, want %v", answers, got, want)
		}
		d.Optional(s, answers)
		if c := d.Changes(s, d, answers); c.NeedsReview() || len(c.Dropped) > 0 {
			t.Errorf("for %+q the form differs from itself: %+v", answers, c)
		}
		for j := range s.Fields {
			s.Fields[j].Labels(i18n.French, answers)
			d.Suggested(&s.Fields[j], i18n.French)
		}
	}
}

// checkRead returns what s reads of posted, which must be clean and stay the same
// when it is posted again.
func checkRead(t *testing.T, s *Section, posted url.Values) Answers {
	read := s.Read(posted)
	again := url.Values{"shown": posted["shown"]}
	for key, values := range read {
		f, _ := s.Field(key)
		checkAnswer(t, f, values)
		again[key] = values
	}
	if twice := s.Read(again); !reflect.DeepEqual(twice, read) {
		t.Errorf("read again, %+q becomes %+q", read, twice)
	}
	return read
}

// checkAnswer checks that the values of f are clean.
func checkAnswer(t *testing.T, f *Field, values []string) {
	if f.Kind != Checkboxes && len(values) > 1 {
		t.Errorf("%s has %d values: %+q", f.Key, len(values), values)
	}
	if f.Kind.Choice() {
		if slices.ContainsFunc(values, f.lacksOption) {
			t.Errorf("%s has a code that is not offered: %+q", f.Key, values)
		}
		return
	}
	control := func(r rune) bool { return unicode.IsControl(r) && (r != '\n' || f.Kind != LongText) }
	for _, v := range values {
		switch {
		case v == "":
			t.Errorf("%s has an empty value", f.Key)
		case !utf8.ValidString(v):
			t.Errorf("%s has %+q, which is no UTF-8", f.Key, v)
		case strings.ContainsFunc(v, control):
			t.Errorf("%s has a control character: %+q", f.Key, v)
		case strings.TrimSpace(v) != v:
			t.Errorf("%s has blanks around %+q", f.Key, v)
		}
	}
}
