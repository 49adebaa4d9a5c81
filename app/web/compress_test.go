package web

import (
	"net/http"
	"testing"
)

// TestPagesAreCompressed holds that each page is compressed, also one that reports
// an error, and has no ETag, which would have to differ for each coding.
func TestPagesAreCompressed(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, path := range []string{"/en", "/fr/apply/about", "/fr/nowhere"} {
		for _, encoding := range []string{"br", "gzip"} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, v.site.url+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Accept-Encoding", encoding)
			res, err := v.client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if got := res.Header.Get("Content-Encoding"); got != encoding {
				t.Errorf("%s with %s comes with %q", path, encoding, got)
			}
			if etag := res.Header.Get("ETag"); etag != "" {
				t.Errorf("%s with %s has the ETag %s", path, encoding, etag)
			}
		}
	}
}
