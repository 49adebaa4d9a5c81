package web

import (
	"bytes"
	"maps"
	"net/http"
	"strings"
	"testing"
)

// codings are values of Accept-Encoding, and the coding that a long file has in
// the response.
var codings = []struct{ accept, want string }{
	{"identity", ""}, {"gzip", "gzip"}, {"br", "br"}, {"gzip, deflate, br, zstd", "br"}, {"br;q=0, gzip", "gzip"},
}

// TestETagNamesOneCoding holds that no two content codings of a file share a
// strong ETag: a cache could join parts of the two.
func TestETagNamesOneCoding(t *testing.T) {
	t.Parallel()
	s := staticServer(t, false)
	for url := range published(t, s) {
		named := make(map[string][]byte) // bodies by ETag
		for _, c := range codings {
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

// TestHeadOfFiles holds that HEAD has the status and the headers of GET.
func TestHeadOfFiles(t *testing.T) {
	t.Parallel()
	s := staticServer(t, false)
	for url := range published(t, s) {
		for _, c := range codings {
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
