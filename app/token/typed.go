package token

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxReadings is the most codes that one typed text can mean. They cost one attempt
// together, so each attempt guesses as many codes at most.
const maxReadings = 4

// Codes returns the codes of a length that a typed or pasted text may mean, the
// likeliest first, or none if no code can be meant. The text may be a code in any case
// and width, with blanks, hyphens or quotes in it and around it, and with its label or
// a whole letter around it. The codes are at most four, and the work grows with the
// length of the text alone.
func Codes(typed string, length int) []string {
	words := wordsOf(typed)
	var found []reading
	for i := range words {
		if r, ok := readAt(words, i, length); ok {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, func(a, b reading) int { return b.weight - a.weight })
	var codes []string
	for _, r := range found {
		if !slices.Contains(codes, r.code) {
			codes = append(codes, r.code)
		}
		if len(codes) == maxReadings {
			break
		}
	}
	return codes
}

// IsCode reports whether a typed text is one code of a length and nothing else: in one
// word or in equal groups, with its label or without. It tells a code in groups from a
// shorter code in some of these groups.
func IsCode(typed string, length int) bool {
	words := wordsOf(typed)
	words = words[1+slices.Index(words, codeLabel):]
	code := strings.Join(words, "")
	uneven := func(word string) bool { return len(word) != len(words[0]) }
	return len(code) == length && strings.Trim(code, CodeAlphabet) == "" && !slices.ContainsFunc(words, uneven)
}

// codeLabel is what precedes a code in letters of both languages. It is no part of a
// code, because O is not in CodeAlphabet.
const codeLabel = "CODE"

// wordsOf returns the words of a text in upper case. What separates them is neither a
// letter nor a digit; invisible characters separate nothing.
func wordsOf(typed string) []string {
	visible := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Mn) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFKC.String(typed))
	labelled := strings.ReplaceAll(visible, codeLabel, " "+codeLabel+" ")
	return strings.FieldsFunc(labelled, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// A reading is a code that a text may mean, and how likely the text means it.
type reading struct {
	code   string
	weight int
}

// readAt returns the code that the words from i on make together, if they do.
func readAt(words []string, i, length int) (reading, bool) {
	code, n := "", 0
	for len(code) < length && i+n < len(words) && strings.Trim(words[i+n], CodeAlphabet) == "" {
		if len(code)+len(words[i+n]) > length {
			return reading{}, false
		}
		code, n = code+words[i+n], n+1
	}
	if len(code) != length {
		return reading{}, false
	}
	weight := 0
	if i > 0 && words[i-1] == codeLabel {
		weight += 4
	}
	if strings.ContainsAny(code, "34679") { // words of a language have no digits
		weight += 2
	}
	if n == 1 || n == 2 && len(words[i]) == length/2 { // as letters and pages show codes
		weight++
	}
	return reading{code, weight}, true
}
