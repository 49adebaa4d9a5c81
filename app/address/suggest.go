package address

import (
	"strings"
	"unicode"
)

// maxTyped is the number of bytes up to which Suggest looks at a typed text: those of
// the longest address with four for each character.
const maxTyped = 4 * 254

// Suggest returns the address that was most likely meant by a typed one, or "" if
// there is nothing to suggest: the address is right, or the meant one is unclear.
//
// The suggestion is an address that Canonical accepts and that differs from typed in
// more than capitals. The domain is corrected by the domains in domains.txt. The
// local part is the typed one, without what certainly is not part of it: blanks and
// signs around the address, a name before it, invisible characters, and letters that
// are written in another way, such as those of full width. A real domain that is
// not in that list may be taken for a mistake, so a suggestion is for asking, not
// for refusing. Suggest may be called concurrently, and its cost is bounded for any
// input.
func Suggest(typed string) string {
	if len(typed) > maxTyped {
		return ""
	}
	typed = strings.TrimSpace(typed)
	typedAddress, err := Canonical(typed)
	meant := typed
	if err != nil || strings.ContainsFunc(Domain(typed), isUnusualInDomain) {
		meant = meantText(typed)
	}
	at := strings.LastIndexByte(meant, '@')
	if at < 0 || len(meant) > 254 {
		return ""
	}
	suggestion := strings.TrimRight(meant[:at], "@ ") + "@" + suggestDomain(normalizeDomain(meant[at+1:]))
	address, err := Canonical(suggestion)
	if err != nil || address == typedAddress || strings.EqualFold(suggestion, typed) {
		return ""
	}
	return suggestion
}

// isUnusualInDomain reports whether r is neither a letter nor a digit, hyphen or dot.
// Canonical accepts some such signs, as there are domains with them, but a quotation
// mark or a dash there is rather a mistake.
func isUnusualInDomain(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.N) && r != '-' && r != '.'
}

// normalizeDomain returns domain in lower case, with commas replaced by dots, without
// blanks around the dots, and without dots at its ends or beside each other.
func normalizeDomain(domain string) string {
	var parts []string
	for part := range strings.FieldsFuncSeq(strings.ToLower(domain), func(r rune) bool { return r == '.' || r == ',' }) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ".")
}

// suggestDomain returns the domain that is most likely meant by a normalized one,
// which may be domain itself.
func suggestDomain(domain string) string {
	if ascii, err := idnaProfile.ToASCII(domain); err == nil && IsCommonDomain(ascii) {
		return ascii
	}
	if corrected, ok := knownMistakes[domain]; ok {
		return corrected
	}
	if completed, ok := completeDomain(domain); ok {
		return completed
	}
	if nearest, ok := nearestDomain(domain); ok {
		return nearest
	}
	return domain
}

// completeDomain returns the common domain of which domain lacks the ending, or all
// but one letter of it, and whether there is any. Of several, it returns the most
// common one, or "" if two of them are equally common.
func completeDomain(domain string) (string, bool) {
	if hasKnownTLD(domain) {
		return "", false
	}
	var found []commonDomain
	for _, d := range commonDomains {
		if domain == d.baseName || domain == d.domain[:len(d.baseName)+2] {
			found = append(found, d)
		}
	}
	switch {
	case len(found) == 0:
		return "", false
	case len(found) > 1 && found[0].rank == found[1].rank:
		return "", true
	}
	return found[0].domain, true
}

// nearestDomain returns the common domain with the fewest edits from domain, and
// whether they are few enough and no other domain of the same rank is as near.
func nearestDomain(domain string) (string, bool) {
	typed := []rune(domain)
	var best commonDomain
	least, tie := 3, false
	for _, d := range commonDomains {
		if difference := len(typed) - len(d.domain); difference > 2 || difference < -2 {
			continue
		}
		switch n := editDistance(typed, []rune(d.domain)); {
		case n < least:
			best, least, tie = d, n, false
		case n == least && d.rank == best.rank:
			tie = true
		}
	}
	return best.domain, least <= best.maxEdits(hasKnownTLD(domain)) && !tie
}

// maxEdits returns the number of edits up to which another domain is taken for d. It
// is small for short names, near which there are other real domains, and larger for
// a typed domain that cannot be real.
func (d commonDomain) maxEdits(knownTLD bool) int {
	longest := 0
	for part := range strings.SplitSeq(d.baseName, ".") {
		longest = max(longest, len(part))
	}
	switch {
	case longest > 8, longest > 4 && !knownTLD:
		return 2
	case longest > 4, !knownTLD:
		return 1
	}
	return 0
}
