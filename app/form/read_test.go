package form

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestReadCleansText(t *testing.T) {
	tests := []struct {
		name, key string
		posted    string
		want      string
	}{
		{"as typed", "name", "Zoé", "Zoé"},
		{"blanks around", "name", " \t Zoé \r\n", "Zoé"},
		{"blanks inside a line", "name", "Zoé \t\u00a0  Roy", "Zoé Roy"},
		{"line breaks in a line", "name", "Zoé\r\nRoy\u2028Roy", "Zoé Roy Roy"},
		{"address with a blank behind", "email", "zoe@example.ca ", "zoe@example.ca"},
		{"address copied with marks of direction", "email", "\u202a\u200ezoe@example.ca\u200f\u202c", "zoe@example.ca"},
		{"header injection becomes one line", "email", "zoe@example.ca\r\nBcc: x@example.ca", "zoe@example.ca Bcc: x@example.ca"},
		{"CRLF in long text", "story", "a\r\nb\rc\n\nd", "a\nb\nc\n\nd"},
		{"other line breaks in long text", "story", "a\u2028b\u2029c\u0085d", "a\nb\nc\nd"},
		{"blanks inside long text stay", "story", "a  b\n  c", "a  b\n  c"},
		{"blanks around long text", "story", "\r\n a \r\n", "a"},
		{"decomposed stays as typed", "name", "Zoe\u0301", "Zoe\u0301"},
		{"decomposed around something invisible", "name", "Zoe\u2060\u0301", "Zoe\u0301"},
		{"character that composing would change for good", "name", "\ufa19田", "\ufa19田"},
		{"Hangul in parts", "name", "\u1100\u1161", "\u1100\u1161"},
		{"blanks around something invisible", "name", "Zoé \u2060 Roy", "Zoé Roy"},
		{"NUL", "name", "Z\x00oé", "Zoé"},
		{"control characters", "story", "a\x1b[31mb\x7f\u0080", "a[31mb"},
		{"bidi overrides and isolates", "name", "\u202eZ\u202do\u2066é\u2069\u202c", "Zoé"},
		{"zero width space, soft hyphen, byte order mark", "name", "\ufeffZ\u200bo\u00adé", "Zoé"},
		{"private use", "name", "Z\ue000oé", "Zoé"},
		{"joiners inside a word stay", "name", "می\u200cروم", "می\u200cروم"},
		{"joined emoji stays", "story", "👩\u200d🔬", "👩\u200d🔬"},
		{"only blanks", "name", " \t\u00a0\u3000", ""},
		{"only what is invisible", "name", "\u200b\u200e \u200d", ""},
		{"invalid UTF-8 becomes U+FFFD", "name", "Zo\xe9", "Zo\ufffd"},
		{"half a character", "name", "Zo\xc3", "Zo\ufffd"},
		{"surrogate", "name", "\xed\xa0\x80", "\ufffd"},
		{"code in free text", "name", "<script>", "<script>"},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := d.Field(tt.key).cleanText(tt.posted); got != tt.want {
				t.Errorf("clean(%q) = %q, want %q", tt.posted, got, tt.want)
			}
			read := sectionWith(d, tt.key).Read(url.Values{tt.key: {tt.posted}})
			if read.First(tt.key) != tt.want || len(read[tt.key]) > 1 || read.Given(tt.key) != (tt.want != "") {
				t.Errorf("Read(%q) = %q, want %q", tt.posted, read[tt.key], tt.want)
			}
		})
	}
}

func sectionWith(d *Definition, key string) *Section {
	i := slices.IndexFunc(d.Sections, func(s Section) bool {
		_, ok := s.Field(key)
		return ok
	})
	return &d.Sections[i]
}

func TestReadKeepsAnswersToTheSection(t *testing.T) {
	tests := []struct {
		name, section string
		posted        url.Values
		want          Answers
	}{
		{"nothing", "you", nil, Answers{"name": {}, "email": {}, "language": {}}},
		{"empty values", "you", url.Values{"name": {""}, "language": {""}}, Answers{"name": {}, "email": {}, "language": {}}},
		{"unknown keys", "you", url.Values{"shoes": {"42"}, "job": {"nurse"}}, Answers{"name": {}, "email": {}, "language": {}}},
		{"a single answer twice", "you", url.Values{"name": {"a", "b"}, "language": {"fr", "en"}},
			Answers{"name": {"a"}, "email": {}, "language": {"en"}}},
		{"an option that is not offered", "you", url.Values{"language": {"de"}}, Answers{"name": {}, "email": {}, "language": {}}},
		{"codes once, in the order of the definition", "ties", url.Values{"story": {"x"}, "clubs": {"other", "chess", "other", "bridge", ""}},
			Answers{"clubs": {"chess", "other"}, "story": {"x"}}},
		{"a code with something around it", "ties", url.Values{"clubs": {" go", "go\x00", "GO"}}, Answers{"clubs": {}, "story": {}}},
		{"a conditional field that was sent", "work", url.Values{"job": {"other"}, "job_other": {"Pilot"}},
			Answers{"job": {"other"}, "job_other": {"Pilot"}}},
		{"a conditional field that was emptied", "work", url.Values{"job": {"other"}, "job_other": {""}},
			Answers{"job": {"other"}, "job_other": {}}},
		{"conditional boxes that were shown and not ticked", "ties", url.Values{"clubs": {"other"}, "shown": {"more"}},
			Answers{"clubs": {"other"}, "more": {}, "story": {}}},
		{"conditional boxes that were not shown", "ties", url.Values{"clubs": {"other"}, "shown": {"else"}},
			Answers{"clubs": {"other"}, "story": {}}},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustSection(t, d, tt.section).Read(tt.posted); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("Read(%q) = %q, want %q", tt.posted, got, tt.want)
			}
		})
	}
}

func TestReadThenValidate(t *testing.T) {
	tests := []struct {
		name, section string
		posted        url.Values
		want          []string // fields with problems
	}{
		{"a trailing blank is no fault", "you", url.Values{"name": {"Zoé "}, "email": {" zoe@example.ca\t"}, "language": {"en"}}, nil},
		{"a decomposed name is as long as it looks", "you", url.Values{"name": {strings.Repeat("e\u0301", 5)}, "email": {"a@b.ca"}, "language": {"en"}}, nil},
		{"CRLF counts once", "ties", url.Values{"story": {"1234\r\n6789\r\n"}}, nil},
		{"invalid UTF-8 is refused", "you", url.Values{"name": {"Zo\xe9"}, "email": {"a@b.ca"}, "language": {"en"}}, []string{"name problem.unreadable"}},
		{"header injection is refused", "you", url.Values{"name": {"Zoé"}, "email": {"a@b.ca\r\nBcc: c@d.ca"}, "language": {"en"}}, []string{"email problem.email_several_at"}},
		{"an invisible name is missing", "you", url.Values{"name": {"\u200d"}, "email": {"a@b.ca"}, "language": {"en"}}, []string{"name problem.missing"}},
		{"an option that is not offered is missing", "you", url.Values{"name": {"Zoé"}, "email": {"a@b.ca"}, "language": {"de"}}, []string{"language problem.missing"}},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := mustSection(t, d, tt.section)
			if got := describeProblems(d.Validate(s, s.Read(tt.posted))); !slices.Equal(got, tt.want) {
				t.Errorf("problems %q, want %q", got, tt.want)
			}
		})
	}
}
