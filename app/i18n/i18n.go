// Package i18n holds the languages of the site and its texts in them.
//
// The texts of pages and mail stand in one catalogue for each language, en.json
// and fr.json, under the same keys. [T] and [N] look them up. A [Message] is such
// a text before its language is known. The texts of a form stand in its
// definition, each as a [Text] in every language.
//
// A date is told as a host would. [When] is for a sentence that is read at once: "today
// at 5:02 p.m.", "on Dec 30". [Until] is for what ends: "Dec 30". [Time] and [Date] are
// for what is kept and read later; with [Clock] alone, the day is plain. A zone is named
// only where an hour may be read elsewhere or later: by Time, and by Until for an hour.
//
// The tests of this package hold the catalogues to each other and to the code:
// every language has the same keys, with the same verbs and arguments; every key
// is used; no template and no code has texts of its own.
//
// Everything here is read-only once the program runs, and may be used
// concurrently.
package i18n

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// A Lang is a language of the site, by its code in paths and in HTML.
type Lang string

// The two official languages of Canada.
const (
	English Lang = "en"
	French  Lang = "fr"
)

// Languages lists every Lang. The first is the default.
var Languages = []Lang{English, French}

// Parse returns the language with the given code and whether the site has it.
// Codes are compared exactly: neither "EN" nor "en-CA" is one.
func Parse(code string) (Lang, bool) {
	l := Lang(code)
	return l, slices.Contains(Languages, l)
}

// Other returns the language to which a page in l offers to switch.
func (l Lang) Other() Lang {
	if l == French {
		return English
	}
	return French
}

// Tag returns l as a BCP 47 tag with its region, en-CA or fr-CA. HTML, PDF and
// sorting need it.
func (l Lang) Tag() string { return string(l) + "-CA" }

var matcher = language.NewMatcher([]language.Tag{language.English, language.French})

// Match returns the language that suits an Accept-Language header best, and the
// default if none does.
func Match(acceptLanguage string) Lang {
	_, i := language.MatchStrings(matcher, acceptLanguage)
	return Languages[i]
}

// A Text is one text in every language.
type Text map[Lang]string

// In returns t in l, or "" if t has nothing in l.
func (t Text) In(l Lang) string { return t[l] }

// Missing returns the languages in which t is missing or blank.
func (t Text) Missing() []Lang {
	return slices.DeleteFunc(slices.Clone(Languages), func(l Lang) bool { return strings.TrimSpace(t[l]) != "" })
}

// UnmarshalJSON decodes an object with one member for each language. Another
// language is an error; a missing one is not.
func (t *Text) UnmarshalJSON(data []byte) error {
	var texts map[Lang]string
	if err := json.Unmarshal(data, &texts); err != nil {
		return fmt.Errorf("want words by language, such as {\"en\": …, \"fr\": …}: %w", err)
	}
	for l := range texts {
		if !slices.Contains(Languages, l) {
			return fmt.Errorf("the site does not speak %q", l)
		}
	}
	*t = texts
	return nil
}

// A Message is a text of the catalogues with its arguments, before its language is
// known.
type Message struct {
	Key  string // in the catalogues
	Args []any  // the arguments of T
}

// In returns m in l.
func (m Message) In(l Lang) string { return T(l, m.Key, m.Args...) }
