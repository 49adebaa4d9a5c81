//go:build e2e

package pages

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"

	"joinery/app/e2e/harness"
	"joinery/app/form"
	"joinery/app/i18n"
)

// What may come over the wire, with status line and headers, beside
// harness.MaxDocument. The site is also there for people with a slow or costly
// network.
const (
	maxPage        = 22_000 // bytes of a page with everything that it loads, but for fonts; of the first page with them
	maxFonts       = 45_000 // bytes of all fonts, of which a page loads those that its letters need
	maxRequests    = 3
	maxStep        = 2_048 // what htmx gets for one step, without headers
	maxAroundWords = 1_500 // what comes to the words of a step in which these alone weigh most of that; 50 of it unfold lists
)

// load opens a page with everything that it loads, and checks what that takes.
func (w *wire) load(what, path string) {
	w.Helper()
	page := w.get(path)
	if page.StatusCode != http.StatusOK {
		w.Fatalf("%s is %s", path, page.Status)
	}
	sum, parts := page.bytes, []string{fmt.Sprint(page.bytes)}
	for _, address := range w.resources(page.text) {
		if strings.Contains(address, "//") {
			w.Errorf("%s loads %s from elsewhere", path, address)
			continue
		}
		part := w.get(address)
		if part.StatusCode != http.StatusOK {
			w.Errorf("%s is %s", address, part.Status)
		}
		sum += part.bytes
		parts = append(parts, fmt.Sprint(part.bytes))
	}
	w.Logf("%s: %d bytes in %d requests: %s", what, sum, len(parts), strings.Join(parts, " + "))
	if sum > maxPage || len(parts) > maxRequests || page.bytes > harness.MaxDocument {
		w.Errorf("%s takes %d bytes in %d requests, %d for the document; want at most %d in %d, %d for the document",
			what, sum, len(parts), page.bytes, maxPage, maxRequests, harness.MaxDocument)
	}
}

func TestPagesAreLight(t *testing.T) {
	t.Parallel()
	s := harness.SharedSite(t)
	for _, l := range i18n.Languages {
		home := "/" + string(l)
		newWire(t, s).load("the first page in "+l.Tag(), home)
		newWire(t, s).load("the first section in "+l.Tag(), home+"/apply/about")
		w := newWire(t, s)
		w.get(home + "/apply/about") // which sets the first cookie
		w.request(http.MethodPost, home+"/apply/about", harness.Zoe[0].Answers)
		w.load("the first page with a draft in "+l.Tag(), home)
	}
}

var fontURL = regexp.MustCompile(`url\((/static/[^)]*)\)`)

// The fonts of all languages together are light, and a browser keeps them for good.
func TestFontsAreLight(t *testing.T) {
	t.Parallel()
	w := newWire(t, harness.SharedSite(t))
	sum, fonts := 0, fontURL.FindAllStringSubmatch(w.get("/en").text, -1)
	for _, font := range fonts {
		r := w.get(font[1])
		sum += len(r.text)
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "font/woff2" || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s is %s with %v", font[1], r.Status, r.Header)
		}
	}
	t.Logf("%d fonts have %d bytes", len(fonts), sum)
	if len(fonts) == 0 || sum > maxFonts {
		t.Errorf("%d fonts have %d bytes, want at most %d", len(fonts), sum, maxFonts)
	}
}

// What htmx gets for a step is what changes, and no more headers than it needs.
// The longest lists, of choices and of universities, take more than a step should: their words alone
// weigh up to 1.6 KB.
func TestStepsAreLight(t *testing.T) {
	t.Parallel()
	s := harness.SharedSite(t)
	for _, l := range i18n.Languages {
		w := newWire(t, s)
		page := w.get("/" + string(l) + "/apply/about").text
		for _, step := range harness.Zoe {
			answers := maps.Clone(step.Answers)
			if answers.Has("roles") {
				answers.Set("roles", "researcher") // who is asked all sections
			}
			path := "/" + string(l) + "/apply/" + step.Section
			if section, _ := harness.Form().Section(step.Section); slices.ContainsFunc(section.Fields, func(f form.Field) bool { return f.Required }) {
				page = w.step(path, page, url.Values{}) // and is refused
			}
			page = w.step(path, page, answers)
		}
	}
}

var versionField = regexp.MustCompile(`name="version" value="([^"]+)"`)

// step answers a page by htmx, and weighs the one where that leads.
func (w *wire) step(path, page string, answers url.Values) (next string) {
	w.Helper()
	values := maps.Clone(answers)
	if shown := versionField.FindStringSubmatch(page); shown != nil {
		values.Set("version", shown[1])
	}
	led := w.request(http.MethodPost, path, values, "HX-Request", "true", "HX-Target", "div#page")
	if led.StatusCode != http.StatusSeeOther {
		w.Fatalf("POST %s is %s", path, led.Status)
	}
	to := led.Header.Get("Location")
	part := w.get(to, "HX-Request", "true", "HX-Target", "div#page")
	words, body := w.words(part.text), int(part.ContentLength)
	w.Logf("%s: %d bytes and %d of headers, around words of %d; before it %d", to, body, part.bytes-body, words, led.bytes)
	if most := max(maxStep, words+maxAroundWords); body > most {
		w.Errorf("%s takes %d bytes, want at most %d", to, body, most)
	}
	return part.text
}

// words weighs what a page says and what it can be answered, without anything
// around it, as compressed as can be.
func (w *wire) words(page string) int {
	w.Helper()
	root, err := html.Parse(strings.NewReader(page))
	w.must(err)
	var said, small bytes.Buffer
	for n := range root.Descendants() {
		if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && text != "" {
			fmt.Fprintln(&said, text)
		}
		for _, a := range n.Attr {
			if a.Key == "value" {
				fmt.Fprintln(&said, a.Val)
			}
		}
	}
	z := brotli.NewWriterLevel(&small, brotli.BestCompression)
	_, err = z.Write(said.Bytes())
	w.must(errors.Join(err, z.Close()))
	return small.Len()
}
