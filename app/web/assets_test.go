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

func TestStaticFiles(t *testing.T) {
	t.Parallel()
	files, err := newAssets(os.DirFS("../.."), false)
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New()
	app.Get("/static/*", files.serve)
	for name, url := range files.urls {
		want, err := os.ReadFile("../../static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, encoding := range []string{"", "gzip", "br, gzip"} {
			res, body := get(t, app, url, "Accept-Encoding", encoding)
			if !bytes.Equal(decoded(t, res, body), want) {
				t.Errorf("%s with %q is not what is in the file", url, encoding)
			}
			if kind := res.Header.Get("Content-Type"); path.Ext(name) == ".js" && !strings.Contains(kind, "javascript") || kind == "" {
				t.Errorf("%s is %q", url, kind)
			}
			if cached := res.Header.Get("Cache-Control"); !strings.Contains(cached, "immutable") || res.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: Cache-Control %q, Vary %q", url, cached, res.Header.Get("Vary"))
			}
		}
		res, _ := get(t, app, url)
		res, body := get(t, app, url, "If-None-Match", res.Header.Get("ETag"))
		if res.StatusCode != http.StatusNotModified || len(body) > 0 {
			t.Errorf("%s a second time is %d with %d bytes", url, res.StatusCode, len(body))
		}
	}
	if res, _ := get(t, app, "/static/joinery.css"); res.StatusCode != http.StatusNotFound {
		t.Errorf("without its digest joinery.css is %d", res.StatusCode)
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
