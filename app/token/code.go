package token

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"
)

// CodeAlphabet has 24 letters and digits of which no two look or sound much
// alike on a bad screen.
const CodeAlphabet = "ACDEFGHJKMNPQRTVWXY34679"

// NewCode returns a random code of length n for people to type: one of 24^n.
func NewCode(n int) string {
	random := make([]byte, n)
	rand.Read(random)
	return encodeCode(random)
}

// DerivedCode returns the code of length n, at most 32, that follows from seed.
func DerivedCode(seed string, n int) string {
	sum := sha256.Sum256([]byte(seed))
	return encodeCode(sum[:n])
}

// NormalizeCode returns a typed code as it was made: in upper case, and without
// what no code has in it.
func NormalizeCode(typed string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(CodeAlphabet, r) {
			return r
		}
		return -1
	}, strings.ToUpper(typed))
}

// encodeCode returns one letter for each of some random bytes.
func encodeCode(random []byte) string {
	letters := make([]byte, len(random))
	for i, n := range random {
		letters[i] = CodeAlphabet[int(n)*len(CodeAlphabet)>>8]
	}
	return string(letters)
}
