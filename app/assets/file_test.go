package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"reflect"
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
		{"a font, which is compressed already", "/static/a.woff2", "font/woff2", immutable, long, []string{""}},
		{"a drawing", "/static/a.svg", "image/svg+xml", immutable, long, []string{"br", "gzip", ""}},
		{"a script in development", "/static/b.js", "text/javascript; charset=utf-8", noStore, long, []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFile(tt.url, tt.cacheControl, tt.body)
			etags := make(map[string]bool)
			for i := range tt.codings {
				r := f.Respond(strings.Join(tt.codings[i:], ","), "")
				if got := r.Header.Get("Content-Encoding"); r.Status != http.StatusOK || got != tt.codings[i] || !bytes.Equal(decoded(t, got, r.Body), tt.body) {
					t.Errorf("it is %d with %d bytes in %q, want %q", r.Status, len(r.Body), got, tt.codings[i])
				}
				wantHeaders(t, r, tt.contentType, tt.cacheControl)
				etags[r.Header.Get("ETag")] = true
			}
			if len(etags) != len(tt.codings) {
				t.Errorf("%d codings have the ETags %v", len(tt.codings), etags)
			}
		})
	}
}

// wantHeaders wants the headers of a file, and a policy if it is a drawing.
func wantHeaders(t *testing.T, r Response, contentType, cacheControl string) {
	t.Helper()
	for name, want := range map[string]string{"Content-Type": contentType, "Cache-Control": cacheControl, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if policy := r.Header.Get("Content-Security-Policy"); (contentType == "image/svg+xml") != strings.Contains(policy, "sandbox") {
		t.Errorf("the policy is %q", policy)
	}
}

// TestFileIsNotModified holds that a response without a body has the headers of
// the one with it, but for those that describe the body.
func TestFileIsNotModified(t *testing.T) {
	t.Parallel()
	f := newFile("/static/a.svg", immutable, long)
	for _, coding := range []string{"br", "gzip", ""} {
		full := f.Respond(coding, "")
		r := f.Respond(coding, full.Header.Get("ETag"))
		if r.Status != http.StatusNotModified || len(r.Body) > 0 {
			t.Errorf("%q is %d with %d bytes", coding, r.Status, len(r.Body))
		}
		full.Header.Del("Content-Type")
		full.Header.Del("Content-Encoding")
		if !reflect.DeepEqual(r.Header, full.Header) {
			t.Errorf("%q has the headers %v, want %v", coding, r.Header, full.Header)
		}
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
