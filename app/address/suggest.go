package address

import "strings"

// Suggest returns the address that somebody most likely meant who typed this, or
// "" if there is no advice to give: it is right, or nobody can tell. What it
// returns is an address that Canonical takes and that differs from
// typed in more than its capitals. Its local part is the one typed, but for
// blanks around it; only domains are mended, by what domains.txt says is
// common. A real domain that is not in there may be taken for a mistake, so it
// is for asking, not for refusing. Meant may be called concurrently; what it
// does for a stranger is bounded.
func Suggest(typed string) string {
	typed = strings.TrimSpace(typed)
	at := strings.LastIndexByte(typed, '@')
	if at < 0 || len(typed) > 254 {
		return ""
	}
	suggestion := strings.TrimRight(typed[:at], "@ ") + "@" + suggestDomain(normalizeDomain(typed[at+1:]))
	address, err := Canonical(suggestion)
	if typedAddress, _ := Canonical(typed); err != nil || address == typedAddress || strings.EqualFold(suggestion, typed) {
		return ""
	}
	return suggestion
}

// normalizeDomain returns domain in lower case and as it would be with commas for dots,
// no dots but those between its parts, and no blanks around them.
func normalizeDomain(domain string) string {
	var parts []string
	for part := range strings.FieldsFuncSeq(strings.ToLower(domain), func(r rune) bool { return r == '.' || r == ',' }) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ".")
}

// suggestDomain returns the domain that is meant by a tidy one: maybe itself.
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

// completeDomain returns the common domain whose ending was left out, or all but a
// letter of it, and whether there is any. Of several it returns the one that is
// more common than the others, or "".
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

// nearestDomain returns the common domain that domain is likely to be a slip of.
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

// maxEdits returns how many maxEdits of the finger are believed to lie between d and
// what was typed instead. They are few for short names, near which there are
// other real ones, and more if what was typed cannot be real.
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
