package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/bidi"
)

//go:embed en.json fr.json
var files embed.FS

var catalogues = loadCatalogues()

// loadCatalogues reads the embedded catalogues. They are part of the program, so
// that one that cannot be read is a fault of the build. A test reads them all.
func loadCatalogues() map[Lang]map[string]string {
	all := make(map[Lang]map[string]string, len(Languages))
	for _, l := range Languages {
		data, err := files.ReadFile(string(l) + ".json")
		if err != nil {
			panic(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(data, &texts); err != nil {
			panic(fmt.Errorf("i18n: %s.json: %w", l, err))
		}
		all[l] = texts
	}
	return all
}

// T returns the text with the given key in l. The args replace its verbs, which
// are %s and %d of package fmt, with a number (%[2]s) where the languages have
// them in another order. A Text or a Message among the args is written in l. A string
// among them that is written from right to left keeps its punctuation to itself. The stop
// of an abbreviation at the end of an arg, such as p.m. or Inc., ends the sentence too.
// For an unknown key, T returns the key, so that the gap shows and the page still works.
func T(l Lang, key string, args ...any) string {
	text, ok := catalogues[l][key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return text
	}
	localized := make([]any, len(args))
	for i, arg := range args {
		localized[i] = localize(l, arg)
	}
	return strings.ReplaceAll(fmt.Sprintf(text, localized...), "..", ".")
}

// N is T for a text that depends on a number: the text with the key key.one or
// key.other. In French, none counts as one. The number is the first argument of
// the text, before args.
func N(l Lang, key string, n int, args ...any) string {
	form := ".other"
	if n == 1 || n == 0 && l == French {
		form = ".one"
	}
	return T(l, key+form, append([]any{n}, args...)...)
}

// localize returns arg in l if it depends on the language, and as it is otherwise.
func localize(l Lang, arg any) any {
	switch arg := arg.(type) {
	case Text:
		return arg.In(l)
	case Message:
		return arg.In(l)
	case string:
		return isolate(arg)
	default:
		return arg
	}
}

// Invisible characters that give the text between them a direction of its own.
const (
	firstStrongIsolate = "\u2068"
	popIsolate         = "\u2069"
)

// isolate returns text with a direction of its own if a part of it is written from right
// to left.
func isolate(text string) string {
	for i := 0; i < len(text); {
		p, size := bidi.LookupString(text[i:])
		if c := p.Class(); c == bidi.R || c == bidi.AL {
			return firstStrongIsolate + text + popIsolate
		}
		i += max(size, 1)
	}
	return text
}
