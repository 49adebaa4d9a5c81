package form

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Read returns the answers to the fields of s in a posted form, and nothing else.
// They are safe to store and to show, but not yet checked: text is valid UTF-8,
// without control characters and without blanks around it; a choice has only codes that are offered, each once, in the order of the
// definition; a field of any kind but Checkboxes has at most one value.
//
// The result has an entry for every field that was on the page. A field without
// a condition always was. A conditional field was if the form has a value for
// it or, as a browser sends nothing for boxes that are not ticked, if its key is
// in [Shown].
func (s *Section) Read(posted url.Values) Answers {
	answers := make(Answers, len(s.Fields))
	for i := range s.Fields {
		f := &s.Fields[i]
		values, sent := posted[f.Key]
		if sent || f.When == nil || slices.Contains(Shown(posted), f.Key) {
			answers[f.Key] = f.readValues(values)
		}
	}
	return answers
}

// Shown returns the keys of the conditional fields that were on the page of a posted form:
// the values of "shown" and, of those that the page showed as wrong, of "wrong".
func Shown(posted url.Values) []string { return slices.Concat(posted["shown"], posted["wrong"]) }

// readValues returns the answer to f in the posted values. It is never nil.
func (f *Field) readValues(values []string) []string {
	if f.Kind.Choice() {
		return f.keepOffered(values)
	}
	if len(values) == 0 || f.cleanText(values[0]) == "" {
		return []string{}
	}
	return []string{f.cleanText(values[0])}
}

// keepOffered returns the codes among values that f offers: one at most, unless
// f is of kind Checkboxes.
func (f *Field) keepOffered(values []string) []string {
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

// blankReplacer replaces every line separator with a line feed, and the other
// blank control characters with a space.
var blankReplacer = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ", "\v", " ", "\f", " ")

// cleanText returns typed text as it is stored. Bytes that are not UTF-8 become
// U+FFFD, which Validate refuses. Invisible characters are removed before blanks
// are joined, because they may stand between them. Letters stay as they were typed:
// composing them would change some for good, such as U+FA19 in a name.
func (f *Field) cleanText(text string) string {
	text = strings.ToValidUTF8(text, string(unicode.ReplacementChar))
	text = strings.Map(keepVisible, blankReplacer.Replace(text))
	if f.Kind != LongText {
		text = strings.Join(strings.Fields(text), " ")
	}
	return strings.TrimFunc(text, isTrimmed)
}

// isTrimmed reports whether r is removed where a text begins or ends. Copied
// addresses often have marks of writing direction around them.
func isTrimmed(r rune) bool { return unicode.IsSpace(r) || isFormatting(r) }

// isFormatting reports whether r only affects how the letters around it are
// written: the joiners that some scripts need, and the marks of writing
// direction.
func isFormatting(r rune) bool { return '\u200c' <= r && r <= '\u200f' }

// keepVisible returns r, or -1 for a character that shows nothing and could only
// deceive the reader or break a page: a control or invisible formatting. It keeps
// line feeds and what isFormatting reports.
func keepVisible(r rune) rune {
	switch {
	case r == '\n', isFormatting(r):
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp):
		return -1
	}
	return r
}
