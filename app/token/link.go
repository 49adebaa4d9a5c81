package token

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FromLink returns the first characters of Alphabet in the end of a link, as many as
// length, and whether there are as many. Mail programs wrap links, encode them again
// and add what stands behind them: FromLink drops all that. Alphabet has no small
// letters, so the case does not count.
func FromLink(end string, length int) (secret string, whole bool) {
	decoded := decodeLink(end)
	for _, read := range []string{decodeQuoted(decoded), decoded} { // an = may also be left of a line break
		signs := signsOf(read)
		if len(signs) >= length {
			return signs[:length], true
		}
		if secret == "" {
			secret = signs
		}
	}
	return secret, false
}

// PlainLink returns a path as it was before a mail program encoded and wrapped it.
func PlainLink(path string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || unicode.IsSpace(r) || strings.ContainsRune(`<>"'`, r) {
			return -1
		}
		return r
	}, decodeQuoted(decodeLink(path)))
}

// escaped matches a byte in the encoding of URLs, quoted a character in that of mail:
// one that ASCII has, or the bytes of another.
var (
	escaped   = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	quoted    = regexp.MustCompile(`=(?:0[9ADad]|[2-7][0-9A-Fa-f]|[C-Fc-f][0-9A-Fa-f](?:=[89ABab][0-9A-Fa-f])+)`)
	softBreak = regexp.MustCompile(`=[ \t]*\r?\n`)
)

// decodeLink decodes what was encoded for URLs and for HTML, twice at most. It leaves
// what is not encoded rightly.
func decodeLink(s string) string {
	for range 2 {
		s = html.UnescapeString(escaped.ReplaceAllStringFunc(s, unescape))
	}
	return s
}

// decodeQuoted decodes what was encoded for mail: "quoted-printable".
func decodeQuoted(s string) string {
	return quoted.ReplaceAllStringFunc(softBreak.ReplaceAllString(s, ""), unescape)
}

// unescape returns the bytes that % or =, each with two hexadecimal digits, stand for.
func unescape(code string) string {
	decoded, err := url.PathUnescape(strings.ReplaceAll(code, "=", "%"))
	if err != nil {
		return code
	}
	return decoded
}

// signsOf returns the characters of Alphabet in s, in their order.
func signsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(Alphabet, r) {
			return r
		}
		return -1
	}, strings.ToUpper(norm.NFKC.String(s)))
}
