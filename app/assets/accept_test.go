package assets

import "testing"

// TestChoose holds which of the variants "br", "gzip" and "identity" a header
// Accept-Encoding selects.
func TestChoose(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, acceptEncoding, want string }{
		{"no header", "", "identity"},
		{"a browser", "gzip, deflate, br, zstd", "br"},
		{"an old browser", "gzip, deflate", "gzip"},
		{"no blanks", "gzip,br", "br"},
		{"blanks, tabs and empty elements", " , gzip	; q=0.5 ,, ", "gzip"},
		{"other codings", "compress, zstd", "identity"},
		{"part of a name", "x-br, gzipped", "identity"},
		{"upper case", "GZIP", "gzip"},
		{"mixed case with a weight", "Br;Q=1.0", "br"},
		{"br refused", "br;q=0, gzip", "gzip"},
		{"br refused in three digits", "br;q=0.000, gzip;q=0.001", "gzip"},
		{"both refused", "br;q=0, gzip;q=0", "identity"},
		{"gzip preferred", "br;q=0.5, gzip", "gzip"},
		{"equal weights", "gzip;q=0.5, br;q=0.5", "br"},
		{"identity preferred", "identity, br;q=0.5, gzip;q=0.5", "identity"},
		{"identity of equal weight", "identity, gzip", "gzip"},
		{"identity alone", "identity", "identity"},
		{"identity refused", "identity;q=0, gzip;q=0.1", "gzip"},
		{"any", "*", "br"},
		{"any but br", "br;q=0, *", "gzip"},
		{"any but those named", "br;q=0, gzip;q=0, *;q=0.5", "identity"},
		{"gzip before any", "gzip, *;q=0.5", "gzip"},
		{"any but identity", "identity;q=0, *", "br"},
		{"none", "*;q=0", "identity"},
		{"identity refused, and nothing else named", "identity;q=0", "identity"},
		{"a weight that is no number", "br;q=high, gzip", "gzip"},
		{"a weight that is not finite", "br;q=NaN, gzip;q=inf", "identity"},
		{"a weight out of range", "br;q=2, gzip;q=-1", "identity"},
		{"another parameter", "br;level=1, gzip", "gzip"},
		{"an empty parameter", "br;, gzip", "gzip"},
	}
	f := newFile("/static/a.js", immutable, long)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := f.choose(tt.acceptEncoding).coding; got != tt.want {
				t.Errorf("Accept-Encoding: %s selects %q, want %q", tt.acceptEncoding, got, tt.want)
			}
		})
	}
}
