package form

import (
	"strings"
	"testing"
)

// TestKeepCutsWhatIsMuchTooLong at a character, never inside one.
func TestKeepCutsWhatIsMuchTooLong(t *testing.T) {
	t.Parallel()
	line, short := &Field{Kind: Line, Max: 60}, &Field{Kind: Line, Max: 5}
	for _, tt := range []struct {
		name  string
		field *Field
		typed string
		kept  int // characters; all of them if it is as many
	}{
		{"nothing", line, "", 0},
		{"what is right", line, strings.Repeat("é", 60), 60},
		{"twice as much", line, strings.Repeat("é", 120), 120},
		{"one more", line, strings.Repeat("é", 121), 120},
		{"four bytes each", line, strings.Repeat("🦜", 1000), 120},
		{"accents typed apart, right", line, strings.Repeat("a\u0323\u0302", 60), 180},
		{"accents typed apart, a little too long", line, strings.Repeat("a\u0323\u0302", 120), 360},
		{"accents typed apart, too long", line, strings.Repeat("a\u0323\u0302", 121), 120},
		{"accents on accents", line, "a" + strings.Repeat("\u0302", 60_000), 120},
		{"a sentence for a code", short, strings.Repeat("x", 100), 100},
		{"a text for a code", short, strings.Repeat("x", 101), 100},
	} {
		kept, all := tt.field.Keep([]string{tt.typed})
		if n := len([]rune(kept[0])); n != tt.kept || !strings.HasPrefix(tt.typed, kept[0]) || all != (kept[0] == tt.typed) {
			t.Errorf("%s: %d characters are kept (all: %t), want %d", tt.name, n, all, tt.kept)
		}
	}
}

func TestKeepCutsNoChoice(t *testing.T) {
	t.Parallel()
	codes := []string{strings.Repeat("a", 40), strings.Repeat("b", 40)}
	if kept, all := (&Field{Kind: Checkboxes, Max: 1}).Keep(codes); len(kept) != 2 || !all {
		t.Errorf("of two codes %q are kept", kept)
	}
	if kept, all := (&Field{Kind: Line}).Keep(nil); len(kept) > 0 || !all {
		t.Errorf("of nothing %q is kept", kept)
	}
}
