//go:build e2e

package pages

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"

	"joinery/app/e2e/harness"
)

// A wire is a connection to the site on which every byte is counted.
type wire struct {
	*testing.T
	base    *url.URL
	cookies http.CookieJar
}

// A response is what came over a wire.
type response struct {
	*http.Response
	bytes int
	text  string
}

func newWire(t *testing.T, s harness.Settings) *wire {
	t.Helper()
	base, err := url.Parse(s["BASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &wire{t, base, jar}
}

// A counter counts what is read.
type counter struct {
	io.Reader
	bytes int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.bytes += n
	return n, err
}

// get asks for a path as Chromium does.
func (w *wire) get(path string, headers ...string) response {
	w.Helper()
	return w.request(http.MethodGet, path, nil, headers...)
}

// request sends a request and returns the response with the bytes that it took.
func (w *wire) request(method, path string, values url.Values, headers ...string) response {
	w.Helper()
	target, err := w.base.Parse(path)
	w.must(err)
	r, err := http.NewRequestWithContext(w.Context(), method, target.String(), strings.NewReader(values.Encode()))
	w.must(err)
	for _, c := range w.cookies.Cookies(target) {
		r.AddCookie(c)
	}
	headers = append(headers, "Accept-Encoding", "gzip, deflate, br, zstd", "Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	conn, err := net.Dial("tcp", w.base.Host)
	w.must(err)
	defer conn.Close()
	w.must(r.Write(conn))
	came := &counter{Reader: conn}
	res, err := http.ReadResponse(bufio.NewReader(came), r)
	w.must(err)
	body, err := io.ReadAll(res.Body)
	w.must(err)
	w.cookies.SetCookies(target, res.Cookies())
	return response{res, came.bytes, w.decode(res, body)}
}

func (w *wire) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// decode returns what browsers make of a body.
func (w *wire) decode(res *http.Response, body []byte) string {
	w.Helper()
	if res.Header.Get("Content-Encoding") != "br" {
		return string(body)
	}
	plain, err := io.ReadAll(brotli.NewReader(bytes.NewReader(body)))
	w.must(err)
	return string(plain)
}

// resources returns the addresses of what a browser fetches because a page says so:
// of several icons one, the drawing.
func (w *wire) resources(page string) (addresses []string) {
	w.Helper()
	root, err := html.Parse(strings.NewReader(page))
	w.must(err)
	for e := range root.Descendants() {
		if e.Type != html.ElementNode {
			continue
		}
		is := make(map[string]string)
		for _, a := range e.Attr {
			is[a.Key] = a.Val
		}
		icon := is["rel"] == "icon" && is["type"] == "image/svg+xml"
		if e.Data == "link" && (icon || is["rel"] == "stylesheet" || is["rel"] == "manifest" || is["rel"] == "preload") {
			addresses = append(addresses, is["href"])
		}
		if is["src"] != "" {
			addresses = append(addresses, is["src"])
		}
	}
	return addresses
}
