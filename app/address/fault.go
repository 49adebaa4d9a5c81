package address

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A FaultKind says in which way a text is no address.
type FaultKind int

// The kinds of faults. The first of them that a text has is told.
const (
	NoFault      FaultKind = iota
	Invisible              // it is an address but for invisible characters
	NoAt                   // there is no at sign
	SeveralAts             // there are several at signs
	Blank                  // there is a blank inside
	WrongAt                // there is no at sign, but Sign, which looks like one
	SignBefore             // Sign cannot stand before the at sign
	LetterBefore           // Sign cannot stand there: it is a letter of another alphabet
	SignAfter              // Sign cannot stand behind the at sign
	StrayDot               // there are two dots in a row, or one at an end or beside the at sign
	OtherFault             // it is incomplete, or wrong in another way
)

// A Fault is what keeps a typed text from being an address.
type Fault struct {
	Kind FaultKind
	Sign string // the sign that is not allowed, composed; "" for other kinds
}

// FindFault returns the fault that should be told of a typed text first. It is of the
// kind NoFault if and only if Canonical accepts the text.
func FindFault(typed string) Fault {
	if Valid(typed) {
		return Fault{}
	}
	if len(typed) > maxTyped {
		return Fault{Kind: OtherFault}
	}
	text := strings.TrimFunc(withoutInvisible(typed), unicode.IsSpace)
	before, after, found := strings.Cut(text, "@")
	switch {
	case Valid(text):
		return Fault{Kind: Invisible}
	case text == "":
		return Fault{Kind: OtherFault}
	case !found:
		return faultWithoutAt(text)
	case strings.Contains(after, "@"):
		return Fault{Kind: SeveralAts}
	}
	if sign := firstSign(before, isLocalSign); sign != "" {
		return signFault(kindBefore(sign), sign)
	}
	if sign := firstSign(after, isDomainSign); sign != "" {
		return signFault(SignAfter, sign)
	}
	if before != "" && after != "" && hasStrayDot(before, after) {
		return Fault{Kind: StrayDot}
	}
	return Fault{Kind: OtherFault}
}

// faultWithoutAt returns the fault of a text that has no at sign.
func faultWithoutAt(text string) Fault {
	isAt := func(r rune) bool { return r == '＠' || r == '﹫' }
	if sign := firstSign(text, func(r rune) bool { return !isAt(r) }); sign != "" {
		return Fault{Kind: WrongAt, Sign: sign}
	}
	return Fault{Kind: NoAt}
}

// kindBefore returns the kind of fault that sign is before the at sign. A letter of
// another alphabet has a kind of its own, because it may look like a Latin one.
func kindBefore(sign string) FaultKind {
	if r, _ := utf8.DecodeRuneInString(sign); unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
		return LetterBefore
	}
	return SignBefore
}

func signFault(kind FaultKind, sign string) Fault {
	if strings.TrimFunc(sign, unicode.IsSpace) == "" {
		return Fault{Kind: Blank}
	}
	return Fault{Kind: kind, Sign: sign}
}

// firstSign returns the first sign of text that has a character which allowed refuses,
// or "". A letter and the accents on it are one sign.
func firstSign(text string, allowed func(rune) bool) string {
	var signs norm.Iter
	for signs.InitString(norm.NFC, text); !signs.Done(); {
		sign := string(signs.Next())
		if strings.ContainsFunc(sign, func(r rune) bool { return !allowed(r) }) {
			return sign
		}
	}
	return ""
}

// isLocalSign reports whether r may stand before the at sign (RFC 5322, atext, and dots).
func isLocalSign(r rune) bool {
	return r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r))
}

// isDomainSign reports whether r may stand behind the at sign. Every letter may.
func isDomainSign(r rune) bool {
	if !isUnusualInDomain(r) {
		return true
	}
	_, err := idnaProfile.ToASCII("a" + string(r) + "a")
	return r > unicode.MaxASCII && !unicode.IsSpace(r) && err == nil
}

// hasStrayDot reports whether a dot stands where none may.
func hasStrayDot(before, after string) bool {
	for _, part := range []string{before, after} {
		if strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || strings.Contains(part, "..") {
			return true
		}
	}
	return false
}
