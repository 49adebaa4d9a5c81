package assets

import "testing"

func TestMatches(t *testing.T) {
	t.Parallel()
	const etag = `"b1"`
	tests := []struct {
		name, ifNoneMatch string
		want              bool
	}{
		{"no header", "", false},
		{"the same tag", `"b1"`, true},
		{"another tag", `"b2"`, false},
		{"the beginning of the tag", `"b"`, false},
		{"a weak tag", `W/"b1"`, true},
		{"another weak tag", `W/"b2"`, false},
		{"any tag", "*", true},
		{"any tag between blanks", " \t* ", true},
		{"the first of a list", `"b1", "a"`, true},
		{"the last of a list", `"a", "b1"`, true},
		{"a weak tag in a list", `"a",W/"b1","c"`, true},
		{"a list without the tag", `"a", W/"c"`, false},
		{"blanks and empty elements", ` , ,	"a" ,, "b1"	,`, true},
		{"commas and blanks within a tag", `"a, b", "b1"`, true},
		{"the tag within another", `"a,"b1",c"`, false},
		{"an empty tag before", `"", "b1"`, true},
		{"bytes beyond ASCII", "\"\xff\xc3\", \"b1\"", true},
		{"a small w", `w/"b1"`, false},
		{"a blank after W/", `W/ "b1"`, false},
		{"no quotes", `b1`, false},
		{"an open quote", `"b1`, false},
		{"no comma", `"a" "b1"`, false},
		{"a mistake after the tag", `"b1", b2`, true},
		{"a mistake before the tag", `b2, "b1"`, false},
		{"a star in a list", `"a", *`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ifNoneMatchNames(tt.ifNoneMatch, etag); got != tt.want {
				t.Errorf("ifNoneMatchNames(%q, %s) = %v, want %v", tt.ifNoneMatch, etag, got, tt.want)
			}
		})
	}
}
