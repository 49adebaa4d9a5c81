package assets

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

// long is worth compressing.
var long = []byte(strings.Repeat("The quick brown fox jumps over the lazy dog.\n", 100))

// TestFileResponds holds what comes with a file, whatever a browser accepts.
func TestFileResponds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, url, kind, cached string
		body                    []byte
		codings                 []string // in which it comes
	}{
		{"a long script", "/static/a.js", "text/javascript; charset=utf-8", forGood, long, []string{"br", "gzip", ""}},
		{"a short text", "/robots.txt", "text/plain; charset=utf-8", forADay, []byte("User-agent: *\n"), []string{""}},
		{"what is compressed already", "/apple-touch-icon.png", "image/png", forADay, long, []string{""}},
		{"a drawing", "/static/a.svg", "image/svg+xml", forGood, long, []string{"br", "gzip", ""}},
		{"a script in development", "/static/b.js", "text/javascript; charset=utf-8", forOnce, long, []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFile(tt.url, tt.cached, tt.body)
			for i := range tt.codings {
				r := f.Respond(func(coding string) bool { return slices.Contains(tt.codings[i:], coding) }, "")
				if got := r.Header.Get("Content-Encoding"); r.Status != http.StatusOK || got != tt.codings[i] || !bytes.Equal(decoded(t, got, r.Body), tt.body) {
					t.Errorf("it is %d with %d bytes in %q, want %q", r.Status, len(r.Body), got, tt.codings[i])
				}
				for name, want := range map[string]string{"Content-Type": tt.kind, "Cache-Control": tt.cached, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"} {
					if got := r.Header.Get(name); got != want {
						t.Errorf("%s is %q, want %q", name, got, want)
					}
				}
				if policy := r.Header.Get("Content-Security-Policy"); strings.HasSuffix(tt.url, ".svg") != strings.Contains(policy, "sandbox") {
					t.Errorf("its policy is %q", policy)
				}
			}
			tag := f.Respond(func(string) bool { return false }, "").Header.Get("ETag")
			if r := f.Respond(func(string) bool { return false }, tag); r.Status != http.StatusNotModified || len(r.Body) > 0 {
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

// TestNamesChangeWithContent holds that a file with another content has another
// address, and that no other address leads to it.
func TestNamesChangeWithContent(t *testing.T) {
	t.Parallel()
	a := NewStore(nil, false)
	a.Add("a.js", []byte("1"))
	before, err := a.URL("a.js")
	if err != nil || !strings.HasPrefix(before, "/static/a.") || !strings.HasSuffix(before, ".js") {
		t.Errorf("it is at %q (%v)", before, err)
	}
	if _, err := a.Find("/static/a.js"); !errors.Is(err, ErrNotFound) {
		t.Errorf("without a digest: %v", err)
	}
	b := NewStore(nil, false)
	b.Add("a.js", []byte("2"))
	if after, err := b.URL("a.js"); err != nil || after == before {
		t.Errorf("with another content it is at %q (%v)", after, err)
	}
	if url, err := a.URL("b.js"); err == nil {
		t.Errorf("what is not there is at %q", url)
	}
}

// TestBundle holds that files are served as one, in development as they are.
func TestBundle(t *testing.T) {
	t.Parallel()
	for name, reload := range map[string]bool{"served": false, "in development": true} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{"a.js": {Data: []byte("1")}, "b.js": {Data: []byte("2")}}
			a := NewStore(files, reload)
			if err := a.AddBundle("all.js", "a.js", "b.js"); err != nil {
				t.Fatal(err)
			}
			files["b.js"] = &fstest.MapFile{Data: []byte("3")}
			url, err := a.URL("all.js")
			if err != nil {
				t.Fatal(err)
			}
			f, err := a.Find(url)
			if err != nil {
				t.Fatal(err)
			}
			r := f.Respond(func(string) bool { return false }, "")
			if kept := r.Header.Get("Cache-Control") != "no-store"; kept == reload || (string(r.Body) == "1\n3\n") != reload {
				t.Errorf("it is %q, kept: %v", r.Body, kept)
			}
			delete(files, "a.js")
			if _, err := a.Find(url); (err != nil) != reload || errors.Is(err, ErrNotFound) {
				t.Errorf("without one of its files: %v", err)
			}
			if err := NewStore(files, reload).AddBundle("all.js", "a.js", "b.js"); err == nil {
				t.Error("it starts without one of its files")
			}
		})
	}
}
