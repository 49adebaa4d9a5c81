package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"time"
)

//go:embed en.json fr.json
var files embed.FS

var catalogues = loadCatalogues()

// loadCatalogues reads the embedded catalogues. They are part of the program: one that
// cannot be read is a fault of the build, and a test reads them all.
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

// T returns the words under key in l. Args fill their verbs, which are
// those of package fmt, by number where languages order them differently; a
// Text, a Message or a time.Time among them is put in l. An unknown key is
// returned itself, so that a gap shows without taking a page down.
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
	return fmt.Sprintf(text, localized...)
}

// N is T for words that depend on how many: those under key.one or key.other.
// The number is the first argument of the words.
func N(l Lang, key string, n int, args ...any) string {
	form := ".other"
	if n == 1 || n == 0 && l == French {
		form = ".one"
	}
	return T(l, key+form, append([]any{n}, args...)...)
}

func localize(l Lang, arg any) any {
	switch arg := arg.(type) {
	case Text:
		return arg.In(l)
	case Message:
		return arg.In(l)
	case time.Time:
		return Time(l, arg)
	default:
		return arg
	}
}
