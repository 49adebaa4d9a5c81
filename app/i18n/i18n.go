// Package i18n holds the languages of the site and the words it says in them.
//
// The words stand in one catalogue per language, en.json and fr.json, under
// the same keys. Everything here is read-only after start and may be used
// concurrently.
package i18n

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// A Lang is a language that the site speaks, by its code in paths and in HTML.
type Lang string

// The two official languages of Canada.
const (
	English Lang = "en"
	French  Lang = "fr"
)

// Languages lists every Lang. The first is used when nothing says which.
var Languages = []Lang{English, French}

// Parse returns the language with the given code, and whether there is one.
func Parse(code string) (Lang, bool) {
	l := Lang(code)
	return l, slices.Contains(Languages, l)
}

// Other returns the language that a reader of l can switch to.
func (l Lang) Other() Lang {
	if l == French {
		return English
	}
	return French
}

// Tag returns l as a BCP 47 tag with its region, en-CA or fr-CA, for HTML and
// for whatever sorts and formats by it.
func (l Lang) Tag() string { return string(l) + "-CA" }

var matcher = language.NewMatcher([]language.Tag{language.English, language.French})

// Match returns the language that suits an Accept-Language header best.
func Match(acceptLanguage string) Lang {
	_, i := language.MatchStrings(matcher, acceptLanguage)
	return Languages[i]
}

// A Text is the same words in every language.
type Text map[Lang]string

// In returns the words in l.
func (t Text) In(l Lang) string { return t[l] }

// Missing returns the languages in which t says nothing.
func (t Text) Missing() []Lang {
	return slices.DeleteFunc(slices.Clone(Languages), func(l Lang) bool { return strings.TrimSpace(t[l]) != "" })
}

// UnmarshalJSON reads an object with one member per language and refuses
// languages that the site does not speak.
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

// A Message is something to say, before it is known in which language.
type Message struct {
	Key  string // in the catalogues
	Args []any  // for the verbs of the words; a Text or a Message is put in the reader's language
}

// In returns the message in l.
func (m Message) In(l Lang) string { return T(l, m.Key, m.Args...) }
