package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// An applicant fills in the form without a browser: what is posted is known
// beforehand. Who wants to see pages read as people read them looks at the
// journeys.
type applicant struct {
	*testing.T
	base string
	http.Client
}

func newApplicant(t *testing.T, s settings) *applicant {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &applicant{T: t, base: s["BASE_URL"], Client: http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}}
}

// answered are the sections and what is answered to them.
var answered = []struct {
	section string
	answers url.Values
}{
	{"about", url.Values{
		"first_name": {"Zoë"}, "last_name": {"O’Neil-Đặng"}, "email": {"zoe@example.org"}, "language": {"fr"}, "region": {"qc"},
	}},
	{"role", url.Values{"roles": {"patient", "citizen"}}},
	{"affiliations", url.Values{"affiliation_other": {"=HYPERLINK(1)"}}},
	{"interests", url.Values{"expertise": {"none_yet"}, "health_research": {"open_to_all"}, "por_research": {"open_to_all"}}},
}

// open follows redirects and returns the path that they lead to, and the page.
func (a *applicant) open(path string) (at, page string) {
	a.Helper()
	return a.read(a.Get(a.base + path))
}

func (a *applicant) post(path string, form url.Values) (at, page string) {
	a.Helper()
	return a.read(a.PostForm(a.base+path, form))
}

func (a *applicant) read(r *http.Response, err error) (at, page string) {
	a.Helper()
	if err != nil {
		a.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		a.Fatal(err)
	}
	if r.StatusCode != http.StatusOK {
		a.Fatalf("%s %s: %s", r.Request.Method, r.Request.URL.Path, r.Status)
	}
	return r.Request.URL.Path, string(body)
}

// apply answers everything and sends it.
func (a *applicant) apply() {
	a.Helper()
	for _, s := range answered {
		a.post("/en/apply/"+s.section, s.answers)
	}
	if at, _ := a.post("/en/apply/check", url.Values{"given": {"consent_privacy", "consent_news"}}); at != "/en/apply/sent" {
		a.Fatalf("sending leads to %s, want the page that says so", at)
	}
}

var linkInText = regexp.MustCompile(`http://\S+/confirm/\S+`)

// confirm opens the link in the text of a letter, as on another device, and
// presses the button.
func (a *applicant) confirm(text string) {
	a.Helper()
	link := linkInText.FindString(text)
	path, found := strings.CutPrefix(link, a.base)
	if !found {
		a.Fatalf("no link to %s in the letter:\n%s", a.base, text)
	}
	a.Jar = nil
	if _, page := a.post(path, nil); !strings.Contains(page, "Bienvenue!") {
		a.Fatalf("after the confirmation the page says\n%s", page)
	}
}
