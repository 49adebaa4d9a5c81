package token

import (
	"crypto/rand"
	"crypto/sha256"
)

// CodeAlphabet holds the 24 letters and digits of a code. No two of them look or
// sound much alike.
const CodeAlphabet = "ACDEFGHJKMNPQRTVWXY34679"

// The lengths of the codes. They differ, so the length alone says what a code is for.
const (
	ConfirmLength = 6 // of the code beside the link in a letter that asks for confirmation
	HandoffLength = 8 // of the code that one device shows and another is given
	MemberLength  = 9 // of the code beside a link in a letter to a member, which the page of the link takes
)

// NewCode returns a random code of n characters, one of 24^n, for people to type.
func NewCode(n int) string {
	random := make([]byte, n)
	rand.Read(random)
	return encodeCode(random)
}

// DerivedCode returns a code of n characters, at most 32, that depends on seed alone.
func DerivedCode(seed string, n int) string {
	sum := sha256.Sum256([]byte(seed))
	return encodeCode(sum[:n])
}

// encodeCode returns one character of CodeAlphabet for each byte of random.
func encodeCode(random []byte) string {
	letters := make([]byte, len(random))
	for i, n := range random {
		letters[i] = CodeAlphabet[int(n)*len(CodeAlphabet)>>8]
	}
	return string(letters)
}
