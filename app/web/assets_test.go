package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"
)

func TestWhatBrowsersKeep(t *testing.T) {
	t.Parallel()
	files, err := newAssets(os.DirFS("../.."), false, aBrand(t))
	if err != nil {
		t.Fatal(err)
	}
	files.add("/robots.txt", forADay, []byte("User-agent: *\n"))
	app := fiber.New()
	app.Get("/*", files.serve)
	for url, file := range files.byURL {
		for _, encoding := range []string{"", "gzip", "br, gzip"} {
			res, body := get(t, app, url, "Accept-Encoding", encoding)
			if !bytes.Equal(decoded(t, res, body), file.raw) || len(file.raw) == 0 {
				t.Errorf("%s with %q is not what is in the file", url, encoding)
			}
			if kind := res.Header.Get("Content-Type"); kind == "" || kind != kinds[path.Ext(url)] {
				t.Errorf("%s is %q", url, kind)
			}
			hashed := strings.HasPrefix(url, "/static/")
			if cached := res.Header.Get("Cache-Control"); hashed != strings.Contains(cached, "immutable") || res.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: Cache-Control %q, Vary %q", url, cached, res.Header.Get("Vary"))
			}
		}
		res, _ := get(t, app, url)
		res, body := get(t, app, url, "If-None-Match", res.Header.Get("ETag"))
		if res.StatusCode != http.StatusNotModified || len(body) > 0 {
			t.Errorf("%s a second time is %d with %d bytes", url, res.StatusCode, len(body))
		}
	}
	if res, _ := get(t, app, "/static/joinery.js"); res.StatusCode != http.StatusNotFound {
		t.Errorf("without its digest joinery.js is %d", res.StatusCode)
	}
}

// TestOneScript holds that what pages run is one file, of all that it is made of.
func TestOneScript(t *testing.T) {
	t.Parallel()
	files, err := newAssets(os.DirFS("../.."), true, aBrand(t))
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New()
	app.Get("/static/*", files.serve)
	url, err := files.url("joinery.js")
	if err != nil {
		t.Fatal(err)
	}
	res, body := get(t, app, url)
	for _, name := range []string{"htmx-4.0.1.min.js", "joinery.js"} {
		part, err := os.ReadFile("../../static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(body, part) {
			t.Errorf("%s (%d) does not run %s", url, res.StatusCode, name)
		}
	}
	if cached := res.Header.Get("Cache-Control"); cached != "no-store" {
		t.Errorf("in development it is kept: %q", cached)
	}
}

func get(t *testing.T, app *fiber.App, url string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, body
}

func decoded(t *testing.T, res *http.Response, body []byte) []byte {
	t.Helper()
	var plain io.Reader = bytes.NewReader(body)
	var err error
	switch res.Header.Get("Content-Encoding") {
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
