package receipt

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBreakLines(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"what fits", "one two", []string{"one two"}},
		{"exactly what fits", "0123456789", []string{"0123456789"}},
		{"at a blank, which stays", "one two three", []string{"one two ", "three"}},
		{"a blank may stand beyond the width", "0123456789 x", []string{"0123456789 ", "x"}},
		{"several blanks", "0123456   789 x", []string{"0123456   ", "789 x"}},
		{"blanks at the beginning", "   01234567 x", []string{"   ", "01234567 x"}},
		{"nothing but blanks", strings.Repeat(" ", 25), []string{strings.Repeat(" ", 25)}},
		{"a word that is too long", "0123456789abcde x", []string{"0123456789", "abcde x"}},
		{"a long word behind a short", "x 0123456789abcde", []string{"x ", "0123456789", "abcde"}},
		{"not at a no-break space", "one two\u00a0three", []string{"one ", "two\u00a0three"}},
		{"not before a combining mark", "012345678x\u0331y", []string{"012345678x\u0331", "y"}},
		{"a character that is wider than a line", "Wx", []string{"W", "x"}},
		{"characters of several bytes", "éééééééééééé", []string{"éééééééééé", "éé"}},
	}
	measure := func(r rune) int {
		switch r {
		case '\u0331':
			return 0
		case 'W':
			return 11
		}
		return 1
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := breakLines(tt.text, 10, measure)
			if !slices.Equal(got, tt.want) {
				t.Errorf("broken(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestBreakLinesKeepsEveryCharacter breaks random texts. The lines together must be
// the text, and none may be too wide, but for blanks at its end and lines of one
// character.
func TestBreakLinesKeepsEveryCharacter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, width := rapid.String().Draw(t, "text"), rapid.IntRange(1, 20).Draw(t, "width")
		lines := breakLines(text, width, func(rune) int { return 1 })
		if got := strings.Join(lines, ""); got != text {
			t.Fatalf("%q has become %q", text, got)
		}
		for _, line := range lines {
			if n := len([]rune(strings.TrimRight(line, " "))); n > width || line == "" {
				t.Fatalf("%q has %d characters, want at most %d", line, n, width)
			}
		}
	})
}
