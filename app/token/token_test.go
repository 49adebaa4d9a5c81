package token

import (
	"strings"
	"testing"
)

func TestSecretsDifferAndStoresKeepADigest(t *testing.T) {
	a, b := Secret(), Secret()
	if a == b || len(a) != SecretLength || strings.Trim(a, Alphabet) != "" {
		t.Errorf("Secret = %q and %q", a, b)
	}
	if d := Digest(a); strings.Contains(d, a) || d != Digest(a) || d == Digest(b) {
		t.Errorf("Digest(%q) = %q", a, d)
	}
}

func TestShortIDOfNothingIsEmpty(t *testing.T) {
	if got := ShortID(""); got != "" {
		t.Errorf("ShortID of nothing = %q", got)
	}
}
