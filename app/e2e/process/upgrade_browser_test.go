//go:build e2e

package process

import (
	"bytes"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/e2e/harness"
)

// A browser has cookies and no JavaScript.
type browser struct {
	*testing.T
	http.Client
	base, agent string
}

// newBrowser returns a browser with a User-Agent and, unless value is "", one
// cookie.
func newBrowser(t *testing.T, base, agent, cookie, value string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	site, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	if value != "" {
		jar.SetCookies(site, []*http.Cookie{{Name: cookie, Value: value, Path: "/"}})
	}
	return &browser{t, http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}, base, agent}
}

// A page is what a browser shows after it was redirected.
type page struct {
	at     string // path and query
	status int
	words  string // with single blanks; of a file: all of it
	forms  map[string]url.Values
}

func (b *browser) open(path string) page {
	b.Helper()
	return b.request(http.MethodGet, path, nil, nil)
}

func (b *browser) post(path string, form url.Values, header http.Header) page {
	b.Helper()
	return b.request(http.MethodPost, path, form, header)
}

func (b *browser) request(method, path string, form url.Values, header http.Header) page {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), method, b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("User-Agent", b.agent)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name := range header {
		r.Header.Set(name, header.Get(name))
	}
	answer, err := b.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.Fatal(err)
	}
	return b.readPage(answer, body)
}

// timeless matches the part of an address that says when its page was asked for.
var timeless = regexp.MustCompile(`\?at=\d+$`)

func (b *browser) readPage(answer *http.Response, body []byte) page {
	b.Helper()
	p := page{at: timeless.ReplaceAllString(answer.Request.URL.RequestURI(), ""), status: answer.StatusCode, words: string(body)}
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		return p
	}
	root, err := html.ParseWithOptions(bytes.NewReader(body), html.ParseOptionEnableScripting(false))
	if err != nil {
		b.Fatal(err)
	}
	p.words, p.forms = harness.NormalizeSpace(textOf(root)), make(map[string]url.Values)
	for e := range root.Descendants() {
		if e.Data == "form" {
			p.forms[attribute(e, "action")] = fields(e)
		}
	}
	return p
}

// textOf returns all text under n but for that of styles.
func textOf(n *html.Node) string {
	var text strings.Builder
	for e := range n.Descendants() {
		if e.Type == html.TextNode && e.Parent.Data != "style" {
			text.WriteString(e.Data + " ")
		}
	}
	return text.String()
}

// fields returns what a form sends when nothing is typed.
func fields(form *html.Node) url.Values {
	values := make(url.Values)
	for e := range form.Descendants() {
		name := attribute(e, "name")
		if name == "" || e.Type != html.ElementNode {
			continue
		}
		switch e.Data {
		case "input":
			if kind := attribute(e, "type"); kind != "radio" && kind != "checkbox" || has(e, "checked") {
				values.Add(name, attribute(e, "value"))
			}
		case "textarea":
			values.Add(name, strings.TrimSpace(textOf(e)))
		case "select":
			values.Add(name, selected(e))
		}
	}
	return values
}

// selected returns the value of the option of a list that is chosen.
func selected(list *html.Node) string {
	for e := range list.Descendants() {
		if e.Data == "option" && has(e, "selected") {
			return attribute(e, "value")
		}
	}
	return ""
}

func attribute(e *html.Node, key string) string {
	for _, a := range e.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(e *html.Node, key string) bool {
	return slices.ContainsFunc(e.Attr, func(a html.Attribute) bool { return a.Key == key })
}
