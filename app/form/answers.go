package form

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Answers are what a person answered, by the key of the field. An answer is a
// list: of one value, or of the codes that were chosen. No list, an empty list
// and a list of nothing but empty values all mean that nothing was answered.
type Answers map[string][]string

// Given reports whether anything was answered to the field with the given key.
func (a Answers) Given(key string) bool {
	return slices.ContainsFunc(a[key], func(v string) bool { return v != "" })
}

// First returns the single value of a field, or "".
func (a Answers) First(key string) string {
	if len(a[key]) == 0 {
		return ""
	}
	return a[key][0]
}

// Read takes from a posted form the answers to the fields of s, and nothing
// else. What it returns can be stored and shown safely, though it may still be
// wrong: text is valid UTF-8 in composed form, without control characters and
// blanks around it; only offered codes are kept, each once, in the order of
// the definition; a single answer that was sent twice is taken once.
//
// Every field that was on the page has an entry: all but the conditional ones
// that were neither sent nor, as an unticked box is never sent, named among
// the values under "shown".
func (s *Section) Read(posted url.Values) Answers {
	answers := make(Answers, len(s.Fields))
	for i := range s.Fields {
		f := &s.Fields[i]
		values, sent := posted[f.Key]
		if sent || f.When == nil || slices.Contains(posted["shown"], f.Key) {
			answers[f.Key] = f.read(values)
		}
	}
	return answers
}

func (f *Field) read(values []string) []string {
	if f.Kind.Choice() {
		return f.offered(values)
	}
	if len(values) == 0 || f.clean(values[0]) == "" {
		return []string{}
	}
	return []string{f.clean(values[0])}
}

// offered returns the codes among values that f offers.
func (f *Field) offered(values []string) []string {
	chosen := []string{}
	for _, o := range f.Options {
		if slices.Contains(values, o.Code) {
			chosen = append(chosen, o.Code)
		}
	}
	if f.Kind != Checkboxes && len(chosen) > 1 {
		return chosen[:1]
	}
	return chosen
}

// blanks makes a line break of whatever breaks a line, and a space of the
// controls that are blank.
var blanks = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ", "\v", " ", "\f", " ")

// clean makes typed text fit to store. Bytes that are no UTF-8 become U+FFFD,
// which Validate refuses. Characters are composed and blanks joined only once
// nothing invisible stands between them.
func (f *Field) clean(text string) string {
	text = strings.ToValidUTF8(text, string(unicode.ReplacementChar))
	text = norm.NFC.String(strings.Map(visible, blanks.Replace(text)))
	if f.Kind != LongText {
		text = strings.Join(strings.Fields(text), " ")
	}
	return strings.TrimFunc(text, empty)
}

// empty reports whether r says nothing where a text begins or ends. Programs
// like to leave marks of writing direction around an address that is copied.
func empty(r rune) bool { return unicode.IsSpace(r) || isFormatting(r) }

// isFormatting reports whether r only isFormatting how the letters around it are written:
// the joiners that some scripts need and the marks of writing direction.
func isFormatting(r rune) bool { return '\u200c' <= r && r <= '\u200f' }

// visible drops the characters that show nothing and can only deceive or
// break: controls and invisible formatting, save for what guides letters.
func visible(r rune) rune {
	switch {
	case r == '\n', isFormatting(r):
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp):
		return -1
	}
	return r
}

// Asked reports whether f is asked of somebody who answered all. A field whose
// condition rests on a field that is not asked is not asked either.
func (d *Definition) Asked(f *Field, all Answers) bool {
	return d.holds(f.When, all)
}

func (d *Definition) holds(c *Condition, all Answers) bool {
	if c == nil {
		return true
	}
	return d.Asked(d.Field(c.Field), all) &&
		slices.ContainsFunc(all[c.Field], func(code string) bool { return slices.Contains(c.In, code) })
}

// Prune returns those of all that belong to an application: the given answers
// to questions that are asked. Validate says the same of both.
func (d *Definition) Prune(all Answers) Answers {
	kept := make(Answers)
	for _, s := range d.Sections {
		for i := range s.Fields {
			f := &s.Fields[i]
			if all.Given(f.Key) && d.Asked(f, all) {
				kept[f.Key] = slices.Clone(all[f.Key])
			}
		}
	}
	return kept
}

// Merge returns what to keep of a section once posted has been answered:
// posted where the question is asked and was on the page, and otherwise what
// was kept before, so that an answer comes back with its question. All are the
// answers of the other sections and of this one before.
func (d *Definition) Merge(s *Section, all, posted Answers) Answers {
	now := make(Answers, len(all)+len(posted))
	for key, values := range all {
		now[key] = values
	}
	for key, values := range posted {
		now[key] = values
	}
	merged := make(Answers, len(s.Fields))
	for i := range s.Fields {
		f, from := &s.Fields[i], all
		if d.Asked(f, now) {
			from = now
		}
		if values, ok := from[f.Key]; ok {
			merged[f.Key] = values
		}
	}
	return merged
}
