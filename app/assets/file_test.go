package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// long is a text that is smaller when compressed.
var long = []byte(strings.Repeat("The quick brown fox jumps over the lazy dog.\n", 100))

// TestFileResponds holds the headers and the body of each content coding.
func TestFileResponds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, url, contentType, cacheControl string
		body                                 []byte
		codings                              []string // of the file, preferred first
	}{
		{"a long script", "/static/a.js", "text/javascript; charset=utf-8", immutable, long, []string{"br", "gzip", ""}},
		{"a short text", "/robots.txt", "text/plain; charset=utf-8", oneDay, []byte("User-agent: *\n"), []string{""}},
		{"a small file", "/sitemap.xml", "application/xml; charset=utf-8", oneDay, long[:900], []string{"br", "gzip", ""}},
		{"a picture, which is compressed already", "/apple-touch-icon.png", "image/png", oneDay, long, []string{""}},
		{"a drawing", "/static/a.svg", "image/svg+xml", immutable, long, []string{"br", "gzip", ""}},
		{"a script in development", "/static/b.js", "text/javascript; charset=utf-8", noStore, long, []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFile(tt.url, tt.cacheControl, tt.body)
			etags := make(map[string]bool)
			for i := range tt.codings {
				r := f.Respond(func(coding string) bool { return slices.Contains(tt.codings[i:], coding) }, "")
				if got := r.Header.Get("Content-Encoding"); r.Status != http.StatusOK || got != tt.codings[i] || !bytes.Equal(decoded(t, got, r.Body), tt.body) {
					t.Errorf("it is %d with %d bytes in %q, want %q", r.Status, len(r.Body), got, tt.codings[i])
				}
				etags[r.Header.Get("ETag")] = true
				for name, want := range map[string]string{"Content-Type": tt.contentType, "Cache-Control": tt.cacheControl, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"} {
					if got := r.Header.Get(name); got != want {
						t.Errorf("%s is %q, want %q", name, got, want)
					}
				}
				if policy := r.Header.Get("Content-Security-Policy"); strings.HasSuffix(tt.url, ".svg") != strings.Contains(policy, "sandbox") {
					t.Errorf("its policy is %q", policy)
				}
			}
			if len(etags) != len(tt.codings) {
				t.Errorf("%d codings have the ETags %v", len(tt.codings), etags)
			}
			etag := f.Respond(func(string) bool { return false }, "").Header.Get("ETag")
			if r := f.Respond(func(string) bool { return false }, etag); r.Status != http.StatusNotModified || len(r.Body) > 0 {
				t.Errorf("a second time it is %d with %d bytes", r.Status, len(r.Body))
			}
		})
	}
}

func decoded(t *testing.T, coding string, body []byte) []byte {
	t.Helper()
	var plain io.Reader = bytes.NewReader(body)
	var err error
	switch coding {
	case "gzip":
		plain, err = gzip.NewReader(plain)
	case "br":
		plain = brotli.NewReader(plain)
	}
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
