package form

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

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
			answers[f.Key] = f.readValues(values)
		}
	}
	return answers
}

func (f *Field) readValues(values []string) []string {
	if f.Kind.Choice() {
		return f.keepOffered(values)
	}
	if len(values) == 0 || f.cleanText(values[0]) == "" {
		return []string{}
	}
	return []string{f.cleanText(values[0])}
}

// keepOffered returns the codes among values that f offers.
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

// blankReplacer makes a line break of whatever breaks a line, and a space of the
// controls that are blank.
var blankReplacer = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ", "\v", " ", "\f", " ")

// cleanText makes typed text fit to store. Bytes that are no UTF-8 become U+FFFD,
// which Validate refuses. Characters are composed and blanks joined only once
// nothing invisible stands between them.
func (f *Field) cleanText(text string) string {
	text = strings.ToValidUTF8(text, string(unicode.ReplacementChar))
	text = norm.NFC.String(strings.Map(keepVisible, blankReplacer.Replace(text)))
	if f.Kind != LongText {
		text = strings.Join(strings.Fields(text), " ")
	}
	return strings.TrimFunc(text, isTrimmed)
}

// isTrimmed reports whether r says nothing where a text begins or ends. Programs
// like to leave marks of writing direction around an address that is copied.
func isTrimmed(r rune) bool { return unicode.IsSpace(r) || isFormatting(r) }

// isFormatting reports whether r only isFormatting how the letters around it are written:
// the joiners that some scripts need and the marks of writing direction.
func isFormatting(r rune) bool { return '\u200c' <= r && r <= '\u200f' }

// keepVisible drops the characters that show nothing and can only deceive or
// break: controls and invisible formatting, save for what guides letters.
func keepVisible(r rune) rune {
	switch {
	case r == '\n', isFormatting(r):
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp):
		return -1
	}
	return r
}
