package form

import (
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"joinery/app/i18n"
)

// TestAlphabetIsThatOfUnicode compares labels in both languages as the package
// collate does, which has the order of Unicode.
func TestAlphabetIsThatOfUnicode(t *testing.T) {
	t.Parallel()
	labels := rapid.StringMatching(`[a-zA-ZàâæçéèêëîïôœùûüÿÀÂÇÉÈÊËÎÏÔŒÙÛÜñå0-9 _\-–—,;:!?.…'‘’"“”«»()\[\]{}@*/\\&#%+<=>|~$]{0,8}`)
	for _, l := range i18n.Languages {
		unicode := collate.New(language.Make(l.Tag()), collate.Loose)
		t.Run(string(l), rapid.MakeCheck(func(t *rapid.T) {
			a, b := labels.Draw(t, "a"), labels.Draw(t, "b")
			if got, want := compareLabels(a, b), unicode.CompareString(a, b); got != want {
				t.Errorf("%q and %q: %d, want %d", a, b, got, want)
			}
		}))
	}
}

// TestOptionsAreInTheOrderOfUnicode compares the order of all sorted options of
// the form with that of the package collate.
func TestOptionsAreInTheOrderOfUnicode(t *testing.T) {
	t.Parallel()
	for _, s := range mustMembership(t).Sections {
		for _, f := range s.Fields {
			for _, l := range i18n.Languages {
				unicode := collate.New(language.Make(l.Tag()))
				options := f.OptionsIn(l)
				for i := 1; f.Sorted && i < len(options); i++ {
					a, b := options[i-1], options[i]
					if a.rank() == b.rank() && !b.Last && unicode.CompareString(a.Label.In(l), b.Label.In(l)) > 0 {
						t.Errorf("%s: %q comes before %q", f.Key, a.Label.In(l), b.Label.In(l))
					}
					if a.rank() > b.rank() {
						t.Errorf("%s: %q comes before %q, of another kind", f.Key, a.Label.In(l), b.Label.In(l))
					}
				}
			}
		}
	}
}
