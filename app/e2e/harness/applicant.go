//go:build e2e

package harness

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

	"joinery/app/i18n"
)

// An Applicant fills in the form over HTTP, without a browser, with answers that
// are known beforehand.
type Applicant struct {
	*testing.T
	http.Client
	Base     string // address of the site
	ReadPage func() // lets the time pass that a person needs to read a page
}

// NewApplicant returns an applicant without a draft, whose browser has shown already
// that it keeps cookies.
func NewApplicant(t *testing.T, s Settings) *Applicant {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	site, err := url.Parse(s["BASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	jar.SetCookies(site, []*http.Cookie{{Name: "cookies", Value: "1", Path: "/"}})
	a := &Applicant{T: t, Base: s["BASE_URL"], Client: http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}}
	a.ReadPage = func() {
		begun := time.Now()
		Eventually(t, "a page is read", func() error {
			if time.Since(begun) < readingTime {
				return errors.New("not to its end")
			}
			return nil
		})
	}
	return a
}

// readingTime is a little longer than the site takes a person to need for a page.
const readingTime = 1100 * time.Millisecond

// Zoe has the sections of the form and an applicant's answers to them.
var Zoe = []struct {
	Section string
	Answers url.Values
}{
	{"about", url.Values{
		"first_name": {"Zoë"}, "last_name": {"O’Neil-Đặng"}, "email": {"zoe@example.org"}, "language": {"fr"}, "region": {"qc"},
	}},
	{"role", url.Values{"roles": {"patient", "citizen"}}},
	{"affiliations", url.Values{"affiliation_other": {"=HYPERLINK(1)"}}},
	{"interests", url.Values{"expertise": {"none_yet"}, "health_research": {"open_to_all"}, "por_research": {"open_to_all"}}},
}

// Open follows redirects and returns the path that they lead to, and the page.
func (a *Applicant) Open(path string) (at, page string) {
	a.Helper()
	return a.read(a.Get(a.Base + path))
}

// Submit posts a form and returns the path that redirects lead to, and the page.
func (a *Applicant) Submit(path string, form url.Values) (at, page string) {
	a.Helper()
	return a.read(a.PostForm(a.Base+path, form))
}

// read wants a page with status 200.
func (a *Applicant) read(r *http.Response, err error) (at, page string) {
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

// TryOpen returns a page of any status.
func (a *Applicant) TryOpen(path string) (page string) {
	a.Helper()
	r, err := a.Get(a.Base + path)
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

// TrySubmit posts a form that the site may refuse, but not fail on.
func (a *Applicant) TrySubmit(path string, form url.Values) {
	a.Helper()
	r, err := a.PostForm(a.Base+path, form)
	if err != nil {
		a.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode >= http.StatusInternalServerError {
		a.Errorf("POST %s: %s", path, r.Status)
	}
}

// Save posts the answers to a section, without a look at the next one.
func (a *Applicant) Save(path string, answers url.Values) {
	a.Helper()
	direct := a.Client
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r, err := direct.PostForm(a.Base+path, answers)
	if err != nil {
		a.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusSeeOther {
		a.Fatalf("POST %s: %s", path, r.Status)
	}
}

// Apply answers everything and sends it.
func (a *Applicant) Apply() {
	a.Helper()
	a.ApplyAs("zoe@example.org")
}

// ApplyAs answers everything, with an address, and sends it.
func (a *Applicant) ApplyAs(address string) {
	a.Helper()
	page := a.FillIn(address)
	a.ReadPage()
	a.Send(page)
}

// FillIn answers everything, with an address, and returns the page with the
// button that sends it.
func (a *Applicant) FillIn(address string) (page string) {
	a.Helper()
	return a.FillInAs(address, url.Values{})
}

// FillInAs does what FillIn does, with other answers to some questions of the first
// section.
func (a *Applicant) FillInAs(address string, other url.Values) (page string) {
	a.Helper()
	for _, s := range Zoe {
		answers := maps.Clone(s.Answers)
		if answers.Has("email") {
			answers.Set("email", address)
			maps.Copy(answers, other)
		}
		a.Save("/en/apply/"+s.Section, answers)
	}
	_, page = a.Open("/en/apply/check")
	return page
}

// Send sends the application from a page that was read.
func (a *Applicant) Send(page string) {
	a.Helper()
	if at, _ := a.Submit("/en/apply/check", ConsentForm(page)); at != "/en/apply/sent" {
		a.Fatalf("sending leads to %s, want the page that says so", at)
	}
}

// ConsentForm is the form that sends an application from a page.
func ConsentForm(page string) url.Values {
	return url.Values{"given": {"consent_privacy", "consent_news"}, "stamp": {FormToken(page)}}
}

var formToken = regexp.MustCompile(`name="stamp" value="([^"]+)"`)

// FormToken returns what a page says of when it was shown, or "".
func FormToken(page string) string {
	if found := formToken.FindStringSubmatch(page); found != nil {
		return found[1]
	}
	return ""
}

var (
	linkInText = regexp.MustCompile(`http://\S+/confirm/\S+`)
	codeInText = regexp.MustCompile(`(?m)^[A-Z0-9]{6}$`)
)

// LinkAndCode returns the path of the confirmation link in the text of a letter,
// and the code.
func (a *Applicant) LinkAndCode(text string) (path, code string) {
	a.Helper()
	path, found := strings.CutPrefix(linkInText.FindString(text), a.Base)
	if code = codeInText.FindString(text); !found || code == "" {
		a.Fatalf("no link to %s, or no code, in the letter:\n%s", a.Base, text)
	}
	return path, code
}

// Confirm opens the confirmation link in the text of a letter.
func (a *Applicant) Confirm(text string) {
	a.Helper()
	path, _ := a.LinkAndCode(text)
	if _, page := a.Open(path); !strings.Contains(page, i18n.T(i18n.French, "link.used.title")) {
		a.Fatalf("after the confirmation the page says\n%s", page)
	}
}
