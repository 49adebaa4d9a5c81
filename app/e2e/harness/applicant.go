//go:build e2e

package e2e

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// An applicant fills in the form without a browser: what is posted is known
// beforehand. Who wants to see pages read as people read them looks at the
// journeys.
type applicant struct {
	*testing.T
	base  string
	reads func() // lets the time pass that anybody takes to read a page
	http.Client
}

func newApplicant(t *testing.T, s settings) *applicant {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	a := &applicant{T: t, base: s["BASE_URL"], Client: http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}}
	a.reads = func() {
		begun := time.Now()
		eventually(t, "a page is read", func() error {
			if time.Since(begun) < 1100*time.Millisecond {
				return errors.New("not to its end")
			}
			return nil
		})
	}
	return a
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

// look opens what may not be there, and returns the page.
func (a *applicant) look(path string) (page string) {
	a.Helper()
	r, err := a.Get(a.base + path)
	if err != nil {
		a.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		a.Fatal(err)
	}
	return string(body)
}

// try posts what may be refused.
func (a *applicant) try(path string, form url.Values) {
	a.Helper()
	r, err := a.PostForm(a.base+path, form)
	if err != nil {
		a.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode >= http.StatusInternalServerError {
		a.Errorf("POST %s: %s", path, r.Status)
	}
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
	a.applyFrom("zoe@example.org")
}

func (a *applicant) applyFrom(address string) {
	a.Helper()
	page := a.answers(address)
	a.reads()
	a.sends(page)
}

// answers answers everything, and returns the page from which it is sent.
func (a *applicant) answers(address string) (page string) {
	a.Helper()
	for _, s := range answered {
		answers := maps.Clone(s.answers)
		if answers.Has("email") {
			answers.Set("email", address)
		}
		a.saves("/en/apply/"+s.section, answers)
	}
	_, page = a.open("/en/apply/check")
	return page
}

// saves posts a section, without a look at the next one.
func (a *applicant) saves(path string, answers url.Values) {
	a.Helper()
	hasty := a.Client
	hasty.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r, err := hasty.PostForm(a.base+path, answers)
	if err != nil {
		a.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusSeeOther {
		a.Fatalf("POST %s: %s", path, r.Status)
	}
}

// sends sends what was answered, from a page that was read.
func (a *applicant) sends(page string) {
	a.Helper()
	if at, _ := a.post("/en/apply/check", consenting(page)); at != "/en/apply/sent" {
		a.Fatalf("sending leads to %s, want the page that says so", at)
	}
}

func consenting(page string) url.Values {
	return url.Values{"given": {"consent_privacy", "consent_news"}, "stamp": {stampIn(page)}}
}

var stampField = regexp.MustCompile(`name="stamp" value="([^"]+)"`)

// stampIn returns what a page says of when it was shown.
func stampIn(page string) string {
	if found := stampField.FindStringSubmatch(page); found != nil {
		return found[1]
	}
	return ""
}

var (
	linkInText = regexp.MustCompile(`http://\S+/confirm/\S+`)
	codeInText = regexp.MustCompile(`(?m)^[A-Z0-9]{6}$`)
)

// confirmation returns the path of the link in the text of a letter, and the
// code.
func (a *applicant) confirmation(text string) (path, code string) {
	a.Helper()
	path, found := strings.CutPrefix(linkInText.FindString(text), a.base)
	if code = codeInText.FindString(text); !found || code == "" {
		a.Fatalf("no link to %s, or no code, in the letter:\n%s", a.base, text)
	}
	return path, code
}

// confirm opens the link in the text of a letter.
func (a *applicant) confirm(text string) {
	a.Helper()
	path, _ := a.confirmation(text)
	if _, page := a.open(path); !strings.Contains(page, "Bienvenue!") {
		a.Fatalf("after the confirmation the page says\n%s", page)
	}
}
