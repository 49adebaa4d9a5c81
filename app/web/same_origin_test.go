package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// TestOlderBrowsersPostToThePublicAddress posts as browsers do that send Origin but no
// Sec-Fetch-Site, through proxies that pass on the host or do not.
func TestOlderBrowsersPostToThePublicAddress(t *testing.T) {
	t.Parallel()
	const secure, local = "https://join.example.org", "http://localhost:3000"
	tests := []struct {
		name, base, host, origin string
		want                     bool
	}{
		{"a proxy that passes on the host", secure, "join.example.org", "https://join.example.org", true},
		{"a proxy that does not", secure, "127.0.0.1:3000", "https://join.example.org", true},
		{"with the default port in the origin", secure, "127.0.0.1:3000", "https://join.example.org:443", true},
		{"with the default port in the host", secure, "join.example.org:443", "https://join.example.org", true},
		{"with the default port in the public address", secure + ":443", "backend", "https://join.example.org", true},
		{"in capitals", secure, "backend", "HTTPS://Join.Example.ORG", true},
		{"a host in capitals", local, "LOCALHOST:3000", local, true},
		{"another name of the site", secure, "www.example.org", "https://www.example.org", true},
		{"a port of its own", "https://join.example.org:8443", "backend", "https://join.example.org:8443", true},
		{"without https", local, "backend", local, true},
		{"the default port of http", "http://join.example.org", "backend:3000", "http://join.example.org:80", true},
		{"http on a site with https", secure, "backend", "http://join.example.org", false},
		{"http on a site with https, with the host", secure, "join.example.org", "http://join.example.org", false},
		{"http at the port of https", secure, "backend", "http://join.example.org:443", false},
		{"https on a site without", local, "backend", "https://localhost:3000", false},
		{"another port", secure, "backend", "https://join.example.org:8443", false},
		{"the default port of http for https", secure, "backend", "https://join.example.org:80", false},
		{"another site", secure, "backend", "https://evil.example", false},
		{"another site that begins alike", secure, "backend", "https://join.example.org.evil.example", false},
		{"a domain below", secure, "backend", "https://evil.join.example.org", false},
		{"a name in front", secure, "backend", "https://join.example.org@evil.example", false},
		{"unknown", secure, "backend", "null", false},
		{"no host", secure, "backend", "https://", false},
		{"no address", secure, "backend", "https://%zz", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := statusOfPost(t, tt.base, tt.host, "Origin", tt.origin) == http.StatusOK; got != tt.want {
				t.Errorf("a post from %s to %s is accepted: %v, want %v", tt.origin, tt.base, got, tt.want)
			}
		})
	}
}

// TestThePublicAddressDoesNotOverruleTheBrowser posts from a page of the public address
// to another host, which a newer browser calls another site.
func TestThePublicAddressDoesNotOverruleTheBrowser(t *testing.T) {
	t.Parallel()
	const base = "https://join.example.org"
	for site, want := range map[string]int{"same-origin": 200, "none": 200, "same-site": 403, "cross-site": 403} {
		if got := statusOfPost(t, base, "backend", "Origin", base, "Sec-Fetch-Site", site); got != want {
			t.Errorf("%s is %d, want %d", site, got, want)
		}
	}
}

// statusOfPost posts with headers in pairs to a site with the given public address.
func statusOfPost(t *testing.T, base, host string, headers ...string) int {
	t.Helper()
	s := &Server{Options: Options{BaseURL: base, HTTPS: strings.HasPrefix(base, "https:")}}
	app := fiber.New()
	app.Post("/", s.sameOrigin, func(c *fiber.Ctx) error { return c.SendStatus(http.StatusOK) })
	req := httptest.NewRequest(http.MethodPost, "/", nil)
	req.Host = host
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := app.Test(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}
