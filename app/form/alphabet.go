package form

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// signs come before digits and letters, in the order of Unicode.
const signs = " _-–—,;:!?.'‘’\"“”«»()[]{}@*/\\&#%+<=>|~$"

// spelledOut writes what counts as several letters or signs.
var spelledOut = strings.NewReplacer("œ", "oe", "æ", "ae", "…", "...")

// compareLabels orders labels by the alphabet, which English and French share.
// Accents and capitals do not count. The package collate knows every language,
// with tables of more than a megabyte.
func compareLabels(a, b string) int { return strings.Compare(sortKey(a), sortKey(b)) }

// sortKey returns the letters and digits of label without accents and capitals,
// and the place of each sign among the signs.
func sortKey(label string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		case unicode.IsMark(r):
			return -1
		}
		return place(r)
	}, norm.NFD.String(spelledOut.Replace(strings.ToLower(label))))
}

// place returns the place of a sign, which is less than any digit. Signs that are
// not among signs come before them.
func place(sign rune) rune {
	before, _, found := strings.Cut(signs, string(sign))
	if !found {
		return 0
	}
	return rune(1 + len([]rune(before)))
}
