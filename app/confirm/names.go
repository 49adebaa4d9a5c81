package confirm

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sameName reports whether two persons have the same name, by the answers to the
// questions for it. Case, accents, blanks, hyphens and apostrophes do not count, and a
// name that is missing is the same as another that is. Persons of whom no name is known
// have none in common.
func sameName(a, b []string) bool {
	a, b = foldNames(a), foldNames(b)
	return len(a) > 0 && slices.Equal(a, b)
}

// foldNames folds names, without those missing at the end.
func foldNames(names []string) []string {
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = foldName(name)
	}
	for len(folded) > 0 && folded[len(folded)-1] == "" {
		folded = folded[:len(folded)-1]
	}
	return folded
}

// accented are the scripts whose marks are accents: a name without them is the same. In
// others, such as Devanagari, another mark makes another name.
var accented = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic}

// foldName returns the letters and digits of a name, in one case.
func foldName(name string) string {
	var folded strings.Builder
	var base rune // the last character that is no mark
	for _, r := range norm.NFKD.String(name) {
		mark := unicode.IsMark(r)
		if !mark {
			base = r
		}
		if mark && !unicode.In(base, accented...) || unicode.IsLetter(r) || unicode.IsDigit(r) {
			folded.WriteRune(unicode.ToLower(unicode.ToUpper(r)))
		}
	}
	return folded.String()
}

// shortName returns the first of the names in full and the initial of the next, or "" if
// there is none.
func shortName(names []string) string {
	var known []string
	for _, name := range names {
		if name = norm.NFC.String(strings.TrimSpace(name)); name != "" {
			known = append(known, name)
		}
	}
	switch len(known) {
	case 0:
		return ""
	case 1:
		return known[0]
	}
	initial := known[1][:norm.NFC.NextBoundaryInString(known[1], true)]
	return known[0] + " " + strings.ToUpper(initial) + "."
}

// The bounds of a name that a letter begins with.
const (
	maxGreeting      = 40 // runes
	maxGreetingWords = 3
)

// greetingName returns the first of the names if a letter may begin with it, or "". The
// applicant may be anybody and the mailbox another person's, so it must look like a name:
// short, and without a sign that a link or a sentence takes.
func greetingName(names []string) string {
	if len(names) == 0 {
		return ""
	}
	name := strings.Join(strings.Fields(norm.NFC.String(names[0])), " ")
	if utf8.RuneCountInString(name) > maxGreeting || strings.Count(name, " ") >= maxGreetingWords || strings.ContainsFunc(name, notOfName) {
		return ""
	}
	return name
}

func notOfName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" '’-", r)
}
