package app

import (
	"bytes"
	"strings"
	"testing"
)

// TestNoTimeIsToldInTheZoneOfTheMachine finds code that would tell people a time as the
// server has it, in the place of the organization's.
func TestNoTimeIsToldInTheZoneOfTheMachine(t *testing.T) {
	eachFile(t, ".", func(name string, text []byte) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || name == "config/reader.go" {
			return
		}
		for _, local := range []string{"time.Local", ".Local()"} {
			if bytes.Contains(text, []byte(local)) {
				t.Errorf("%s has %s", name, local)
			}
		}
	})
}
