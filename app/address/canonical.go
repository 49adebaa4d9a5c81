package address

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// idnaProfile is idna.Lookup that also refuses what is too long for the DNS.
var idnaProfile = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.VerifyDNSLength(true))

var errInvalid = errors.New("address: not an email address that mail can be sent to")

// Canonical returns an email address in the form in which it is stored and compared:
// with the domain in lower case and in ASCII (punycode), and nothing else changed.
// The error is for anything but a single, plain, deliverable address: it refuses
// lists, display names, quoted or non-ASCII local parts, domains without a dot, IP
// literals, and more than RFC 5321 allows (64 octets for the local part, 254 in
// all).
func Canonical(s string) (string, error) {
	if len(s) > maxTyped { // before punycode, which takes long for many different signs
		return "", errInvalid
	}
	at := strings.LastIndexByte(s, '@')
	if parsed, err := mail.ParseAddress(s); err != nil || at < 0 || parsed.Name != "" || parsed.Address != s {
		return "", errInvalid
	}
	local, domain := s[:at], s[at+1:]
	ascii, err := idnaProfile.ToASCII(domain)
	if err != nil || !hasTopLevelDomain(ascii) || strings.ContainsFunc(local, isNotASCII) {
		return "", errInvalid
	}
	if address := local + "@" + strings.ToLower(ascii); len(local) <= 64 && len(address) <= 254 {
		return address, nil
	}
	return "", errInvalid
}

// Valid reports whether Canonical accepts s.
func Valid(s string) bool {
	_, err := Canonical(s)
	return err == nil
}

func isNotASCII(r rune) bool { return r > unicode.MaxASCII }

// hasTopLevelDomain reports whether the last label of name can be a top-level
// domain: it has two or more characters and is not a number.
func hasTopLevelDomain(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	return dot > 0 && len(name)-dot > 2 && strings.ContainsFunc(name[dot+1:], unicode.IsLetter)
}

// Domain returns the part of an address behind the last @, or all of it without one.
func Domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }
