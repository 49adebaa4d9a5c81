package i18n

import (
	"slices"
	"testing"
)

// FuzzMatch checks that any Accept-Language header leads to a language of the site.
func FuzzMatch(f *testing.F) {
	for _, header := range []string{"", "fr-CA,fr;q=0.9", "*", "iu, fr;q=0.1", "en;q=0", "fr;q=NaN", "x-klingon", "fr,fr,fr,fr", "\x00", "fr_CA"} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		if l := Match(header); !slices.Contains(Languages, l) {
			t.Errorf("Match(%q) = %q", header, l)
		}
	})
}
