package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// staticServer returns a server with the real files and without stores.
func staticServer(t *testing.T, reload bool) *Server {
	t.Helper()
	s, err := New(Options{Files: os.DirFS("../.."), Reload: reload, Name: org, BaseURL: "https://hub.example", Brand: defaultBrand(t), TokenKey: testTokenKey})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// published returns every file that s serves, by URL.
func published(t *testing.T, s *Server) map[string][]byte {
	t.Helper()
	files := map[string][]byte{"/robots.txt": s.robots(), "/sitemap.xml": s.sitemap()}
	for _, l := range i18n.Languages {
		files[localPath(l, "/manifest.webmanifest")] = s.manifest(l)
	}
	files[s.assetURL(scriptName)] = scriptText(t)
	for _, f := range s.Brand.Files {
		files[s.assetURL(f.Name)] = f.Body
		switch f.Name {
		case "favicon.ico":
			files["/favicon.ico"] = f.Body
		case "icon-180.png":
			files["/apple-touch-icon.png"] = f.Body
		}
	}
	return files
}

// scriptText returns the scripts as one, without comments.
func scriptText(t *testing.T) []byte {
	t.Helper()
	var all []byte
	for _, name := range []string{"htmx-4.0.1.min", "joinery", "press", "saving", "summary"} {
		part, err := os.ReadFile("../../static/" + name + ".js")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(part)) {
			if line = strings.TrimLeft(line, " \t"); !strings.HasPrefix(line, "//") {
				all = append(all, line...)
			}
		}
		all = append(all, '\n')
	}
	return all
}

// TestPublishedFiles wants every file whole in each content coding, with its type, and
// cacheable.
func TestPublishedFiles(t *testing.T) {
	t.Parallel()
	s := staticServer(t, false)
	for url, want := range published(t, s) {
		for _, encoding := range []string{"", "gzip", "br, gzip"} {
			res, body := get(t, s, url, "Accept-Encoding", encoding)
			if !bytes.Equal(decodedBody(t, res, body), want) || len(want) == 0 {
				t.Errorf("%s with %q is not what is in the file", url, encoding)
			}
			kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
			if want := mediaTypes[path.Ext(url)]; err != nil || kind != want || want == "" {
				t.Errorf("%s is %q, want %q", url, kind, want)
			}
			hashed := strings.HasPrefix(url, "/static/")
			if cached := res.Header.Get("Cache-Control"); hashed != strings.Contains(cached, "immutable") || res.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: Cache-Control %q, Vary %q", url, cached, res.Header.Get("Vary"))
			}
		}
		res, _ := get(t, s, url)
		res, body := get(t, s, url, "If-None-Match", res.Header.Get("ETag"))
		if res.StatusCode != http.StatusNotModified || len(body) > 0 {
			t.Errorf("%s a second time is %d with %d bytes", url, res.StatusCode, len(body))
		}
	}
	if res, _ := get(t, s, "/static/joinery.js"); res.StatusCode != http.StatusNotFound {
		t.Errorf("without its digest joinery.js is %d", res.StatusCode)
	}
}

// mediaTypes are the types of the published files by the ending of their URLs.
var mediaTypes = map[string]string{
	".ico": "image/x-icon", ".js": "text/javascript", ".png": "image/png", ".svg": "image/svg+xml",
	".txt": "text/plain", ".webmanifest": "application/manifest+json", ".xml": "application/xml",
}

// TestPagesRunOneScript wants one script file, which consists of all scripts.
func TestPagesRunOneScript(t *testing.T) {
	t.Parallel()
	s := staticServer(t, true)
	res, body := get(t, s, s.assetURL(scriptName))
	if !bytes.Equal(decodedBody(t, res, body), scriptText(t)) {
		t.Errorf("%s (%d) is not all scripts", s.assetURL(scriptName), res.StatusCode)
	}
	if cached := res.Header.Get("Cache-Control"); cached != "no-store" {
		t.Errorf("in development it is kept: %q", cached)
	}
}

func get(t *testing.T, s *Server, url string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	return fetch(t, s, http.MethodGet, url, headers...)
}

// fetch sends a request with headers in pairs, and returns the response and its
// encoded body.
func fetch(t *testing.T, s *Server, method, url string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "joinery.example"
	for i := 0; i < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
	}
	res, err := s.app.Test(req, -1)
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

func decodedBody(t *testing.T, res *http.Response, body []byte) []byte {
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

// TestTheStyleComesBeforeTheContent wants the style of a page before its content, and
// no other style sheet.
func TestTheStyleComesBeforeTheContent(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, path := range []string{"/en", "/fr/apply/about", "/en/privacy", "/fr/nowhere"} {
		p := v.open(path)
		styles := elements(p.root, isTag("style"))
		if len(styles) != 1 || styles[0].Parent.Data != "head" {
			t.Fatalf("%s has %d styles, want one, in its head", path, len(styles))
		}
		if colours := v.site.server.Brand.CSS(); !strings.HasPrefix(text(styles[0]), colours) || colours == "" {
			t.Errorf("%s does not begin with the colours of the organization", path)
		}
		asked := elements(p.root, func(e *html.Node) bool {
			return e.Data == "link" && strings.Contains(attribute(e, "rel"), "stylesheet")
		})
		if len(asked) > 0 {
			t.Errorf("%s asks for %d more", path, len(asked))
		}
		scripts := len(elements(p.root, isTag("script")))
		if want := strings.Contains(path, "apply"); want != (scripts == 1) || scripts > 1 {
			t.Errorf("%s has %d scripts", path, scripts)
		}
		if part := v.htmx(http.MethodGet, path, nil); len(elements(part.root, isTag("style"))) > 0 {
			t.Errorf("%s: what htmx receives has styles", path)
		}
	}
}
