package address

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What stands around an address in letters and on pages: quotation marks, brackets and
// punctuation. Paired signs can also be part of what stands before the at sign, unless
// they stand on both sides.
const (
	signsAround = "<>()[]\"“”„‟«»‹›‘’‚‛.,;:\\"
	signsBehind = signsAround + "!?/|"
	pairedOpen  = "'`*_{"
	pairedClose = "'`*_}"
)

// lookalikes replaces what keyboards and word processors put in the place of an
// apostrophe, a hyphen or a dot.
var lookalikes = strings.NewReplacer(
	"‘", "'", "’", "'", "‛", "'", "´", "'", "ʹ", "'", "ʻ", "'", "ʼ", "'", "′", "'",
	"‐", "-", "‑", "-", "‒", "-", "–", "-", "−", "-",
	"。", ".", "、", ",", "،", ",", "؛", ";")

// The words that people and programs put before an address, behind it, and in the
// place of its at sign and its dots.
var (
	labels     = regexp.MustCompile(`(?i)^(mailto|e-?mail|mail|courriel)\s*:\s*`)
	spelledAt  = regexp.MustCompile(`(?i)^(\S+?)\s*(?:\s(?:at|arobase)\s|[(\[]\s*(?:at|arobase)\s*[)\]])\s*(\S+)$`)
	spelledDot = regexp.MustCompile(`(?i)\s+(?:dot|point)\s+|\s*[(\[]\s*(?:dot|point)\s*[)\]]\s*`)
	comment    = regexp.MustCompile(`^(\S+@\S+?)\s*\([^()@]*$`)
)

// meantText returns the address in a typed text that is none as it stands, as far as
// it is certain: without invisible characters, in the letters that are equivalent
// under NFKC, and without what stands around it. The result need not be an address.
func meantText(typed string) string {
	text := lookalikes.Replace(unwrap(withoutInvisible(typed)))
	text = unwrap(norm.NFKC.String(text))
	if found := comment.FindStringSubmatch(text); found != nil {
		text = found[1]
	}
	text = withoutName(withoutName(unlabel(text), "<"), "(")
	return unwrap(spellAt(text))
}

// unwrap returns text without the blanks and signs around it.
func unwrap(text string) string {
	for {
		before := text
		text = strings.TrimFunc(text, unicode.IsSpace)
		text = strings.TrimRight(strings.TrimLeft(text, signsAround), signsBehind)
		if text = unpair(text); text == before {
			return text
		}
	}
}

// unpair returns text without the paired sign at its end, and without the one at its
// beginning that belongs to it.
func unpair(text string) string {
	inside := strings.TrimRight(text, pairedClose)
	if len(inside) == len(text) || inside == "" {
		return inside
	}
	i := strings.IndexByte(pairedClose, text[len(inside)])
	return strings.TrimPrefix(inside, pairedOpen[i:i+1])
}

// unlabel returns text without a label such as mailto: and, behind that one, without
// what a link says about the letter.
func unlabel(text string) string {
	label := labels.FindString(text)
	if strings.EqualFold(label, "mailto:") {
		text, _, _ = strings.Cut(text, "?")
	}
	return unwrap(text[len(label):])
}

// withoutName returns the address behind a name and a bracket. Another address in the
// place of the name makes it uncertain which one is meant.
func withoutName(text, bracket string) string {
	name, inside, _ := strings.Cut(text, bracket)
	if !strings.Contains(inside, "@") || strings.ContainsAny(inside, "<>()") {
		return text
	}
	inside = unlabel(unwrap(inside))
	if strings.Contains(name, "@") && !strings.EqualFold(unwrap(name), inside) {
		return text
	}
	return inside
}

// spellAt returns text with signs for the words that stand for dots and for the at
// sign; the latter if no other stands there and a domain that can exist follows.
func spellAt(text string) string {
	text = spelledDot.ReplaceAllLiteralString(text, ".")
	found := spelledAt.FindStringSubmatch(text)
	if found == nil || strings.Contains(text, "@") || !hasKnownTLD(strings.ToLower(found[2])) {
		return text
	}
	return found[1] + "@" + found[2]
}

// withoutInvisible returns text without the characters that show nothing. Blanks stay.
func withoutInvisible(text string) string {
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, text)
}

func isInvisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) && !unicode.IsSpace(r)
}
