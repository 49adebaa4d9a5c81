//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"

	"joinery/app/form"
	"joinery/app/i18n"
)

// What may be on the wire, with status line and headers. People with a slow or
// costly network are among those for whom the site is there.
const (
	mostOfAll      = 22_000 // bytes of a page with everything that it loads
	mostRequests   = 3
	mostOfDocument = 13_000 // with its styles: what a browser needs before it draws
	mostOfStep     = 2_048  // what htmx gets for one step, without headers
	mostAround     = 1_400  // what comes to the words of a step in which these alone weigh most of that
)

// A wire is a connection to the site on which every byte is counted.
type wire struct {
	*testing.T
	base    *url.URL
	cookies http.CookieJar
}

// A delivery is what came over a wire.
type delivery struct {
	*http.Response
	bytes int
	text  string
}

func newWire(t *testing.T, s settings) *wire {
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

// A scale counts what is read.
type scale struct {
	io.Reader
	bytes int
}

func (s *scale) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.bytes += n
	return n, err
}

// gets asks for a path as Chromium does.
func (w *wire) gets(path string, headers ...string) delivery {
	w.Helper()
	return w.asks(http.MethodGet, path, nil, headers...)
}

func (w *wire) asks(method, path string, values url.Values, headers ...string) delivery {
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
	came := &scale{Reader: conn}
	res, err := http.ReadResponse(bufio.NewReader(came), r)
	w.must(err)
	body, err := io.ReadAll(res.Body)
	w.must(err)
	w.cookies.SetCookies(target, res.Cookies())
	return delivery{res, came.bytes, w.plain(res, body)}
}

func (w *wire) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// plain returns what browsers make of a body.
func (w *wire) plain(res *http.Response, body []byte) string {
	w.Helper()
	if res.Header.Get("Content-Encoding") != "br" {
		return string(body)
	}
	plain, err := io.ReadAll(brotli.NewReader(bytes.NewReader(body)))
	w.must(err)
	return string(plain)
}

// loads returns the addresses of what a browser fetches because a page says so:
// of several icons one, the drawing.
func (w *wire) loads(page string) (addresses []string) {
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

// opens opens a page with everything that it loads, and checks what that takes.
func (w *wire) opens(what, path string) {
	w.Helper()
	page := w.gets(path)
	if page.StatusCode != http.StatusOK {
		w.Fatalf("%s is %s", path, page.Status)
	}
	sum, parts := page.bytes, []string{fmt.Sprint(page.bytes)}
	for _, address := range w.loads(page.text) {
		if strings.Contains(address, "//") {
			w.Errorf("%s loads %s from elsewhere", path, address)
			continue
		}
		part := w.gets(address)
		if part.StatusCode != http.StatusOK {
			w.Errorf("%s is %s", address, part.Status)
		}
		sum += part.bytes
		parts = append(parts, fmt.Sprint(part.bytes))
	}
	w.Logf("%s: %d bytes in %d requests: %s", what, sum, len(parts), strings.Join(parts, " + "))
	if sum > mostOfAll || len(parts) > mostRequests || page.bytes > mostOfDocument {
		w.Errorf("%s takes %d bytes in %d requests, %d for the document; want at most %d in %d, %d for the document",
			what, sum, len(parts), page.bytes, mostOfAll, mostRequests, mostOfDocument)
	}
}

func TestPagesAreLight(t *testing.T) {
	t.Parallel()
	s := theSite(t)
	for _, l := range i18n.Languages {
		home := "/" + string(l)
		newWire(t, s).opens("the first page in "+l.Tag(), home)
		newWire(t, s).opens("the first section in "+l.Tag(), home+"/apply/about")
		w := newWire(t, s)
		w.asks(http.MethodPost, home+"/apply/about", answered[0].answers)
		w.opens("the first page with a draft in "+l.Tag(), home)
	}
}

// What htmx gets for a step is what changes, and no more headers than it needs.
// The longest lists of choices take more than a step should: their words alone
// weigh up to 1.6 KB.
func TestStepsAreLight(t *testing.T) {
	t.Parallel()
	s := theSite(t)
	for _, l := range i18n.Languages {
		w, page := newWire(t, s), ""
		for _, step := range answered {
			path := "/" + string(l) + "/apply/" + step.section
			if section, _ := questions().Section(step.section); slices.ContainsFunc(section.Fields, func(f form.Field) bool { return f.Required }) {
				page = w.steps(path, page, url.Values{}) // and is refused
			}
			page = w.steps(path, page, step.answers)
		}
	}
}

var versionField = regexp.MustCompile(`name="version" value="([^"]+)"`)

// steps answers a page by htmx, and weighs the one where that leads.
func (w *wire) steps(path, page string, answers url.Values) (next string) {
	w.Helper()
	values := maps.Clone(answers)
	if shown := versionField.FindStringSubmatch(page); shown != nil {
		values.Set("version", shown[1])
	}
	led := w.asks(http.MethodPost, path, values, "HX-Request", "true", "HX-Target", "main#main")
	if led.StatusCode != http.StatusSeeOther {
		w.Fatalf("POST %s is %s", path, led.Status)
	}
	to := led.Header.Get("Location")
	part := w.gets(to, "HX-Request", "true", "HX-Target", "main#main")
	words, body := w.words(part.text), int(part.ContentLength)
	w.Logf("%s: %d bytes and %d of headers, around words of %d; before it %d", to, body, part.bytes-body, words, led.bytes)
	if most := max(mostOfStep, words+mostAround); body > most {
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
