package address

import "testing"

func TestEditDistance(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       int
	}{
		{"nothing", "", "", 0},
		{"the same", "gmail", "gmail", 0},
		{"all inserted", "", "abc", 3},
		{"all deleted", "abc", "", 3},
		{"one inserted", "gmil", "gmail", 1},
		{"one deleted", "gmaail", "gmail", 1},
		{"one replaced", "gnail", "gmail", 1},
		{"one replaced, counted in letters", "gmaîl", "gmail", 1},
		{"neighbours swapped", "gmial", "gmail", 1},
		{"first two swapped", "mgail", "gmail", 1},
		{"two swapped twice", "mgial", "gmail", 2},
		{"swapped over a third", "mag", "gam", 2},
		{"a letter inserted between swapped ones", "ca", "abc", 3},
		{"a swap and an insertion", "hotmial", "hotmaill", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := []rune(tt.a), []rune(tt.b)
			if there, back := editDistance(a, b), editDistance(b, a); there != tt.want || back != tt.want {
				t.Errorf("editDistance(%q, %q) = %d, and %d back; want %d", tt.a, tt.b, there, back, tt.want)
			}
		})
	}
}
