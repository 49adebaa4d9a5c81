package assets

import (
	"strings"
	"testing"
)

// FuzzAcceptEncoding checks that each weight is one that RFC 9110 allows.
func FuzzAcceptEncoding(f *testing.F) {
	for _, header := range []string{"gzip, br;q=0.5", "*;q=0", "br;q=2, gzip;q=-1", "br;q=NaN", "br;q=1e-400;x", ";q=1", ",,", "BR ; Q = 0.1"} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		q := parseAcceptEncoding(header)
		for _, coding := range []string{"br", "gzip", "identity", "*"} {
			if weight := q.of(coding); !(weight >= 0 && weight <= 1) {
				t.Errorf("%q gives %s the weight %v", header, coding, weight)
			}
		}
	})
}

// FuzzIfNoneMatch checks that a header names no tag that is not in it, and that a tag is
// found whatever stands behind it.
func FuzzIfNoneMatch(f *testing.F) {
	const tag = `"0123456789abcdef"`
	for _, header := range []string{"*", `"a", W/"b"`, `"a,b"`, `W/`, `"`, `"a" "b"`, ",, ,", tag} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		if ifNoneMatchNames(header, tag) && !strings.Contains(header, tag) && strings.Trim(header, " \t") != "*" {
			t.Errorf("%q names %s", header, tag)
		}
		if !ifNoneMatchNames(`W/"x", `+tag+`, `+header, tag) {
			t.Errorf("%s is not found before %q", tag, header)
		}
	})
}
