package web

import (
	"bytes"
	"maps"
	"net/http"
	"strings"
	"testing"
)

// encodingCases are values of Accept-Encoding, and the coding that a long file has in
// the response.
var encodingCases = []struct{ accept, want string }{
	{"identity", ""}, {"gzip", "gzip"}, {"br", "br"}, {"gzip, deflate, br, zstd", "br"}, {"br;q=0, gzip", "gzip"},
}

// TestETagNamesOneCoding wants no two content codings of a file to share a strong
// ETag: a cache could join parts of the two.
func TestETagNamesOneCoding(t *testing.T) {
	t.Parallel()
	s := staticServer(t, false)
	for url := range published(t, s) {
		named := make(map[string][]byte) // bodies by ETag
		for _, c := range encodingCases {
			res, body := get(t, s, url, "Accept-Encoding", c.accept)
			etag := res.Header.Get("ETag")
			if before, ok := named[etag]; ok && !bytes.Equal(before, body) || !strings.HasPrefix(etag, `"`) {
				t.Errorf("%s: %s names %q as well as another body", url, etag, res.Header.Get("Content-Encoding"))
			}
			named[etag] = body
		}
		if want := map[bool]int{true: 3, false: 1}[url == s.assetURL(scriptName)]; len(named) < want {
			t.Errorf("%s has %d ETags, want %d", url, len(named), want)
		}
	}
}

// TestHeadOfFiles wants HEAD to have the status and the headers of GET.
func TestHeadOfFiles(t *testing.T) {
	t.Parallel()
	s := staticServer(t, false)
	for url := range published(t, s) {
		for _, c := range encodingCases {
			res, body := get(t, s, url, "Accept-Encoding", c.accept)
			head, none := fetch(t, s, http.MethodHead, url, "Accept-Encoding", c.accept)
			res.Header.Del("Date")
			head.Header.Del("Date")
			if head.StatusCode != res.StatusCode || !maps.EqualFunc(res.Header, head.Header, func(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") }) || len(none) > 0 {
				t.Errorf("%s in %q: HEAD is %d %v, GET is %d %v", url, c.accept, head.StatusCode, head.Header, res.StatusCode, res.Header)
			}
			if head.ContentLength != int64(len(body)) {
				t.Errorf("%s in %q: HEAD promises %d bytes, GET has %d", url, c.accept, head.ContentLength, len(body))
			}
		}
	}
}

// TestConditionalRequests wants each coding of a file to be omitted for a browser that
// has it, and sent to a browser that has another coding.
func TestConditionalRequests(t *testing.T) {
	t.Parallel()
	s := staticServer(t, false)
	for url := range published(t, s) {
		etags := make(map[string]bool)
		for _, c := range encodingCases {
			res, _ := get(t, s, url, "Accept-Encoding", c.accept)
			etag := res.Header.Get("ETag")
			for _, known := range []string{etag, "W/" + etag, `"a,b",W/"c" , ` + etag, `"a", W/` + etag + ` , "b"`, "*", " * "} {
				for _, method := range []string{http.MethodGet, http.MethodHead} {
					wantNotModified(t, s, method, url, c.accept, known, res.Header)
				}
			}
			for _, other := range []string{"", `"a"`, strings.Trim(etag, `"`), `"a` + etag[1:], "w/" + etag} {
				if again, _ := get(t, s, url, "Accept-Encoding", c.accept, "If-None-Match", other); again.StatusCode != http.StatusOK {
					t.Errorf("%s in %q is %d for If-None-Match: %s", url, c.accept, again.StatusCode, other)
				}
			}
			for other := range maps.Keys(etags) {
				if again, _ := get(t, s, url, "Accept-Encoding", c.accept, "If-None-Match", other); other != etag && again.StatusCode != http.StatusOK {
					t.Errorf("%s in %q is %d for the ETag of another coding", url, c.accept, again.StatusCode)
				}
			}
			etags[etag] = true
		}
	}
}

// wantNotModified wants a 304 with the headers that tell caches about the 200.
func wantNotModified(t *testing.T, s *Server, method, url, accept, known string, full http.Header) {
	t.Helper()
	res, body := fetch(t, s, method, url, "Accept-Encoding", accept, "If-None-Match", known)
	if res.StatusCode != http.StatusNotModified || len(body) > 0 {
		t.Errorf("%s %s in %q is %d with %d bytes for If-None-Match: %s", method, url, accept, res.StatusCode, len(body), known)
	}
	for _, name := range []string{"Cache-Control", "ETag", "Vary"} {
		if got := res.Header.Get(name); got != full.Get(name) || got == "" {
			t.Errorf("%s %s in %q: %s is %q in the 304, %q in the 200", method, url, accept, name, got, full.Get(name))
		}
	}
}

// TestHeadersOnSeveralLines wants the lines of a header to be read as one list.
func TestHeadersOnSeveralLines(t *testing.T) {
	t.Parallel()
	s := staticServer(t, false)
	res, _ := get(t, s, "/robots.txt")
	res, _ = get(t, s, "/robots.txt", "If-None-Match", `"a"`, "If-None-Match", res.Header.Get("ETag"))
	if res.StatusCode != http.StatusNotModified {
		t.Errorf("with the ETag on a second line it is %d", res.StatusCode)
	}
	if res, _ := get(t, s, s.assetURL(scriptName), "Accept-Encoding", "zstd", "Accept-Encoding", "br"); res.Header.Get("Content-Encoding") != "br" {
		t.Errorf("with br on a second line it is %q", res.Header.Get("Content-Encoding"))
	}
}

// TestFilesRespectAcceptEncoding wants a coding that the request accepts.
func TestFilesRespectAcceptEncoding(t *testing.T) {
	t.Parallel()
	s := staticServer(t, false)
	for _, tt := range append(encodingCases, []struct{ accept, want string }{
		{"", ""}, {"GZIP", "gzip"}, {"Br;Q=1", "br"}, {"br;q=0, gzip;q=0", ""}, {"*;q=0", ""}, {"*", "br"}, {"br;q=0.0, *", "gzip"}, {"identity;q=0, gzip", "gzip"},
		{"gzip;q=1.0, br;q=0.5", "gzip"}, {"identity, gzip;q=0.5", ""}, {"gzip;q=0.5", "gzip"}, {"compress, zstd", ""},
	}...) {
		res, body := get(t, s, s.assetURL(scriptName), "Accept-Encoding", tt.accept)
		if got := res.Header.Get("Content-Encoding"); res.StatusCode != http.StatusOK || got != tt.want || !bytes.Equal(decodedBody(t, res, body), scriptText(t)) {
			t.Errorf("Accept-Encoding: %s has a response in %q, want %q", tt.accept, got, tt.want)
		}
	}
	if res, _ := get(t, s, s.assetURL(scriptName)); res.Header.Get("Content-Encoding") != "" {
		t.Errorf("without Accept-Encoding the response is in %q", res.Header.Get("Content-Encoding"))
	}
}
