package token

import (
	"strings"
	"testing"
)

func TestNormalizeCodeAcceptsEveryWayOfTyping(t *testing.T) {
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

func TestADerivedCodeDependsOnItsSeedAlone(t *testing.T) {
	a, again, b := DerivedCode("one", 8), DerivedCode("one", 8), DerivedCode("two", 8)
	if a != again || a == b || len(a) != 8 || strings.Trim(a, CodeAlphabet) != "" {
		t.Errorf("DerivedCode = %q, %q and, of another seed, %q", a, again, b)
	}
}
