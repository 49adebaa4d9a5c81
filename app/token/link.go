package token

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FromLink returns the secrets that the end of a link may mean, two at most, the
// likelier first, or none if a part of the link is missing. A secret is the first
// characters of Alphabet in it, as many as length. Mail programs wrap links, encode them
// again and add what stands behind them: FromLink drops all that. Alphabet has no small
// letters, so the case does not count.
func FromLink(end string, length int) (secrets []string) {
	decoded := decodeLink(end)
	for _, read := range []string{decodeQuoted(decoded), decoded} { // an = may also be left of a line break
		signs := signsOf(read)
		if len(signs) >= length && !slices.Contains(secrets, signs[:length]) {
			secrets = append(secrets, signs[:length])
		}
	}
	return secrets
}

// MayBeCut reports whether the first word in the end of a link is shorter than a secret
// of a length: the words behind it need not belong to the link.
func MayBeCut(end string, length int) bool {
	words := strings.FieldsFunc(decodeLink(end), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("/?#&", r) })
	return len(words) == 0 || len(signsOf(words[0])) < length
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
