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

func TestShortIDAndNetworkDigestOfNothingAreEmpty(t *testing.T) {
	if got := ShortID("") + NetworkDigest(""); got != "" {
		t.Errorf("ShortID and NetworkDigest of nothing = %q", got)
	}
	if a, b := ShortID("one"), ShortID("two"); a == b || len(a) != 8 {
		t.Errorf("ShortID = %q and %q", a, b)
	}
	if a, b := NetworkDigest("192.0.2.0/24"), NetworkDigest("192.0.3.0/24"); a == b || a != NetworkDigest("192.0.2.0/24") {
		t.Errorf("NetworkDigest = %q and %q", a, b)
	}
}
