package token

import (
	"strings"
	"testing"
)

func TestACodeIsUnderstoodHoweverItIsTyped(t *testing.T) {
	code := NewCode(6)
	if len(code) != 6 || strings.Trim(code, CodeAlphabet) != "" {
		t.Fatalf("NewCode(6) = %q", code)
	}
	spaced := code[:3] + " " + code[3:]
	for _, typed := range []string{code, strings.ToLower(code), spaced, " " + spaced + "\u00a0", code[:3] + "-" + code[3:] + "."} {
		if got := NormalizeCode(typed); got != code {
			t.Errorf("NormalizeCode(%q) = %q, want %q", typed, got, code)
		}
	}
}

func TestADerivedCodeFollowsFromItsSeedAlone(t *testing.T) {
	a, again, b := DerivedCode("one", 8), DerivedCode("one", 8), DerivedCode("two", 8)
	if a != again || a == b || len(a) != 8 || strings.Trim(a, CodeAlphabet) != "" {
		t.Errorf("DerivedCode = %q, %q and, of another seed, %q", a, again, b)
	}
}

func TestSecretsDifferAndStoresKeepADigest(t *testing.T) {
	a, b := Secret(), Secret()
	if a == b || len(a) != 26 || strings.Trim(a, Alphabet) != "" {
		t.Errorf("Secret = %q and %q", a, b)
	}
	if d := Digest(a); strings.Contains(d, a) || d != Digest(a) || d == Digest(b) {
		t.Errorf("Digest(%q) = %q", a, d)
	}
}

func TestWhatHasNoNameHasNoShortIDAndNoDigest(t *testing.T) {
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
