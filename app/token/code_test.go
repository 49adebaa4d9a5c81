package token

import (
	"strings"
	"testing"
)

func TestADerivedCodeDependsOnItsSeedAlone(t *testing.T) {
	a, again, b := DerivedCode("one", 8), DerivedCode("one", 8), DerivedCode("two", 8)
	if a != again || a == b || len(a) != 8 || strings.Trim(a, CodeAlphabet) != "" {
		t.Errorf("DerivedCode = %q, %q and, of another seed, %q", a, again, b)
	}
}
