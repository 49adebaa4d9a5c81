package web

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// A visitor is a person with a browser without JavaScript. Visitors know only what the
// pages contain.
type visitor struct {
	t        *testing.T
	site     *site
	client   *http.Client
	header   http.Header // sent with every request
	page     *htmlPage   // the current page
	statuses []int       // the statuses of the redirects to it and its own
}

// visitor returns a visitor whose browser keeps cookies and has shown so already: tests
// may post without opening a page first.
func (s *site) visitor(t *testing.T) *visitor {
	t.Helper()
	v := s.newcomer(t)
	v.client.Jar.SetCookies(v.address(), []*http.Cookie{{Name: probeCookie, Value: "1", Path: "/"}})
	return v
}

// newcomer returns a visitor whose browser has no cookie of the site.
func (s *site) newcomer(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := new(http.Transport)
	t.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Jar: jar, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &visitor{t: t, site: s, client: client, header: make(http.Header)}
}

// open requests an address, absolute or relative, and follows redirects.
func (v *visitor) open(address string) *htmlPage {
	v.t.Helper()
	return v.follow(http.MethodGet, address, nil)
}

// post posts values to an address and follows redirects.
func (v *visitor) post(address string, values url.Values) *htmlPage {
	v.t.Helper()
	return v.follow(http.MethodPost, address, values)
}

// follow makes a request and follows redirects.
func (v *visitor) follow(method, address string, values url.Values) *htmlPage {
	v.t.Helper()
	v.statuses = nil
	for range 5 {
		v.page = v.request(method, address, values)
		v.statuses = append(v.statuses, v.page.status)
		if v.page.status < 300 || v.page.status > 399 {
			v.checkPage(method)
			return v.page
		}
		method, address, values = http.MethodGet, v.page.header.Get("Location"), nil
	}
	v.t.Fatalf("%s leads on and on", address)
	return nil
}

// request makes one request and reads the response, without following a redirect.
func (v *visitor) request(method, address string, values url.Values) *htmlPage {
	v.t.Helper()
	target, err := v.address().Parse(address)
	if err != nil {
		v.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(v.t.Context(), method, target.String(), strings.NewReader(values.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header = v.header.Clone()
	if _, told := req.Header["Content-Type"]; method == http.MethodPost && !told {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatalf("%s %s: %v", method, target.Path, err)
	}
	root, err := html.ParseWithOptions(strings.NewReader(string(body)), html.ParseOptionEnableScripting(false))
	if err != nil {
		v.t.Fatal(err)
	}
	return &htmlPage{url: target, status: res.StatusCode, header: res.Header, body: string(body), root: root}
}

func (v *visitor) address() *url.URL {
	if v.page != nil {
		return v.page.url
	}
	u, err := url.Parse(v.site.url)
	if err != nil {
		v.t.Fatal(err)
	}
	return u
}

// htmx makes a request as htmx does, with more headers in pairs, and follows no redirect.
func (v *visitor) htmx(method, address string, values url.Values, headers ...string) *htmlPage {
	v.t.Helper()
	before := v.header
	defer func() { v.header = before }()
	v.header = before.Clone()
	v.header.Set("HX-Request", "true")
	for i := 0; i < len(headers); i += 2 {
		v.header.Set(headers[i], headers[i+1])
	}
	return v.request(method, address, values)
}

// form returns the form of the page that has a button with the given words,
// or the first that does more than switch the language.
func (v *visitor) form(words string) *htmlForm {
	v.t.Helper()
	for _, f := range v.page.forms() {
		switches := hasClass("language")(f.buttons[0])
		if f.button(words) != nil && (words != "" || !switches) {
			return f
		}
	}
	v.t.Fatalf("at %s, %q, there is no form with a button %q", v.page.url.Path, v.page.h1(), words)
	return nil
}

// press presses the button with the given words or, for "", Enter, after the time that
// a person needs to read the page.
func (v *visitor) press(f *htmlForm, words string) *htmlPage {
	v.t.Helper()
	button := f.button(words)
	if button == nil {
		v.t.Fatalf("there is no button %q", words)
	}
	action := f.action
	if hasAttribute(button, "formaction") {
		action = attribute(button, "formaction")
	}
	v.site.pass(2 * time.Second)
	return v.post(action, f.values(button))
}

// pressButton presses a button of the page without changing its form.
func (v *visitor) pressButton(words string) *htmlPage {
	v.t.Helper()
	return v.press(v.form(words), words)
}

// answerSections answers all questions from the current page to the review page, and
// returns the answers by the names of the controls.
func (v *visitor) answerSections(m answerStyle) url.Values {
	v.t.Helper()
	said := make(url.Values)
	for range 40 {
		if strings.HasSuffix(v.page.url.Path, "/check") {
			return said
		}
		f := v.form("")
		f.fill(m)
		for name, values := range f.values(nil) {
			if c := f.control(name); c.kind != "hidden" {
				said[name] = values
			}
		}
		if v.press(f, ""); v.page.status != http.StatusOK {
			v.t.Fatalf("at %s: %d, %q %q", v.page.url.Path, v.page.status, v.page.h1(), v.page.summary())
		}
	}
	v.t.Fatalf("the form never ends; at %s, %q", v.page.url.Path, v.page.notes())
	return nil
}

// apply goes from the landing page to the review page.
func (v *visitor) apply(l i18n.Lang, m answerStyle) url.Values {
	v.t.Helper()
	v.open("/" + string(l))
	v.open(v.page.link("primary"))
	return v.answerSections(m)
}

// send goes from the landing page to a submitted application.
func (v *visitor) send(l i18n.Lang, m answerStyle) url.Values {
	v.t.Helper()
	said := v.apply(l, m)
	f := v.form(i18n.T(l, "check.send"))
	f.fill(m)
	v.press(f, i18n.T(l, "check.send"))
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	return said
}

// want wants a page with the given status and heading.
func (v *visitor) want(status int, h1 string) {
	v.t.Helper()
	if v.page.status != status || !strings.Contains(v.page.h1(), h1) {
		v.t.Fatalf("at %s: %d, %q %q, want %d, %q", v.page.url.Path, v.page.status, v.page.h1(), v.page.summary(), status, h1)
	}
}

// wantNote wants the page to show the note with the given key.
func (v *visitor) wantNote(l i18n.Lang, key string) {
	v.t.Helper()
	if got, want := strings.Join(v.page.notes(), "|"), i18n.T(l, key); got != want {
		v.t.Errorf("at %s the note is %q, want %q", v.page.url.Path, got, want)
	}
}

// cookie returns the session secret of this browser.
func (v *visitor) cookie() string {
	for _, c := range v.client.Jar.Cookies(v.address()) {
		if c.Name == applyCookie {
			return c.Value
		}
	}
	return ""
}
