//go:build e2e

package browser

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"joinery/app/e2e/harness"
	"joinery/app/form"
	"joinery/app/i18n"
)

// textBrowsers print a page as their readers see it.
var textBrowsers = []struct {
	name string
	args []string
}{
	{"lynx", []string{"-dump", "-nolist", "-display_charset=utf-8"}},
	{"w3m", []string{"-dump", "-O", "UTF-8"}},
	{"links", []string{"-dump", "-codepage", "utf-8"}},
	{"elinks", []string{"-dump", "-no-references", "-no-numbering", "-dump-charset", "utf-8"}},
}

// A reader reads the site in one language, in text browsers.
type reader struct {
	*harness.Applicant
	lang i18n.Lang
}

// words returns the words under a key of the catalogue.
func (r *reader) words(key string, args ...any) string {
	return harness.NormalizeSpace(i18n.T(r.lang, key, args...))
}

// printed returns a page as each of the text browsers prints it. They reach the
// site through a server with the cookies of r: not all of them keep cookies.
func (r *reader) printed(path string) map[string]string {
	r.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, asked *http.Request) {
		res, err := r.Get(r.Base + asked.URL.RequestURI())
		if err != nil {
			r.Error(err)
			return
		}
		defer res.Body.Close()
		w.Header().Set("Content-Type", res.Header.Get("Content-Type"))
		w.WriteHeader(res.StatusCode)
		io.Copy(w, res.Body) //nolint:errcheck // the browser says what it has got
	}))
	defer proxy.Close()
	pages := make(map[string]string)
	for _, b := range textBrowsers {
		c := exec.Command(b.name, append(b.args, proxy.URL+path)...)
		c.Env = append(os.Environ(), "HOME="+r.TempDir(), "TERM=xterm", "LC_ALL=C.UTF-8")
		text, err := c.Output() // lynx complains of a page with 422, and prints it
		if len(text) == 0 {
			r.Fatalf("%s prints nothing of %s: %v", b.name, path, err)
		}
		pages[b.name] = harness.NormalizeSpace(string(text))
	}
	return pages
}

// leaks are pieces of what is for other browsers and no words.
var leaks = []string{"{", "}", "</", "var(", "url(", "=>", "hx-", "px", "#main"}

// prints fails the test unless every text browser prints a page with what is
// wanted, in that order, and with nothing that is not text or not true.
func (r *reader) prints(page string, want ...string) {
	r.Helper()
	for browser, text := range r.printed("/" + string(r.lang) + page) {
		rest := text
		for _, words := range want {
			_, after, found := strings.Cut(rest, words)
			if !found {
				r.Errorf("%s: in %s, %q is not where it should be, but\n%.600s", page, browser, words, rest)
				break
			}
			rest = after
		}
		for _, leak := range append(leaks, r.words("saving.offline")) {
			if strings.Contains(text, leak) {
				r.Errorf("%s: %s prints %q", page, browser, leak)
			}
		}
	}
}

// given are the answers of an applicant.
var given = sync.OnceValue(func() form.Answers {
	all := make(form.Answers)
	for _, s := range harness.Zoe {
		maps.Copy(all, s.Answers)
	}
	return all
})

// asked returns a section as it is read: each question before its hint, and both
// before what can be chosen.
func (r *reader) asked(s *form.Section) (lines []string) {
	for i := range s.Fields {
		f := &s.Fields[i]
		if !harness.Form().Asked(f, given()) {
			continue
		}
		lines = append(lines, harness.NormalizeSpace(f.Label.In(r.lang)))
		if f.Hint != nil {
			lines = append(lines, harness.NormalizeSpace(f.Hint.In(r.lang)))
		}
		for _, o := range f.OptionsIn(r.lang) {
			if f.Kind != form.Select { // some browsers print only what is chosen
				lines = append(lines, harness.NormalizeSpace(o.Label.In(r.lang)))
			}
		}
	}
	return append(lines, r.words("nav.continue"), r.words("nav.later"))
}

// reviewed returns all answers as they are read before they are sent: each after its
// question and before the button that changes it, and then the questions left blank.
func (r *reader) reviewed() (lines []string) {
	var blank []string
	for i := range harness.Form().Sections {
		s := &harness.Form().Sections[i]
		lines = append(lines, harness.NormalizeSpace(s.Title.In(r.lang)))
		for j := range s.Fields {
			f := &s.Fields[j]
			if !harness.Form().Asked(f, given()) {
				continue
			}
			label := harness.NormalizeSpace(f.InShort().In(r.lang))
			if !given().Given(f.Key) {
				blank = append(blank, label)
				continue
			}
			lines = append(lines, label)
			for _, words := range f.Labels(r.lang, given()) {
				lines = append(lines, harness.NormalizeSpace(words))
			}
			lines = append(lines, r.words("check.change"))
		}
	}
	if len(blank) > 0 {
		lines = append(append(lines, harness.NormalizeSpace(i18n.N(r.lang, "check.blank", len(blank)))), blank...)
	}
	for _, c := range harness.Form().Consents {
		lines = append(lines, harness.NormalizeSpace(c.In(r.lang, harness.Hub)))
	}
	return append(lines, r.words("check.send"))
}

// refused returns a section as it is read when nothing in it was answered but
// what is answered already: all errors first, and each again after its question.
func (r *reader) refused(s *form.Section) (lines []string) {
	var errors []string
	for i := range s.Fields {
		if f := &s.Fields[i]; f.Required && harness.Form().Asked(f, nil) && f != harness.Form().Language() {
			errors = append(errors, harness.NormalizeSpace(f.Missing.In(r.lang)))
			lines = append(lines, harness.NormalizeSpace(f.Label.In(r.lang))+" *", r.words("error.prefix")+" "+harness.NormalizeSpace(f.Missing.In(r.lang)))
		}
	}
	summary := harness.NormalizeSpace(i18n.N(r.lang, "error.summary", len(errors)))
	return append(append([]string{summary}, errors...), append([]string{harness.NormalizeSpace(s.Title.In(r.lang))}, lines...)...)
}

// A page makes sense without pictures, colours and scripts.
func TestPagesMakeSenseInTextBrowsers(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		t.Run(l.Tag(), func(t *testing.T) {
			t.Parallel()
			r := &reader{harness.NewApplicant(t, harness.SharedSite(t)), l}
			sections := harness.Form().Sections
			r.prints("", r.words("nav.skip"), r.words("landing.title"), r.words("landing.lead"), r.words("landing.start"),
				r.words("landing.why.title"), r.words("landing.who.title"), r.words("landing.expect.title"), r.words("nav.privacy"))
			empty := &reader{harness.NewApplicant(t, harness.SharedSite(t)), l}
			empty.TrySubmit("/"+string(l)+"/apply/about", url.Values{"language": {string(l)}})
			empty.prints("/apply/about?wrong=1", r.refused(&sections[0])...)
			page := r.FillIn("zoe@example.org")
			for i := range sections {
				r.prints("/apply/"+sections[i].Key, append([]string{r.words("nav.back"), r.words("section.step", i+1, len(sections)+1)}, r.asked(&sections[i])...)...)
			}
			r.prints("/apply/check?wrong=1", append([]string{harness.NormalizeSpace(i18n.N(l, "error.summary", 1)), r.words("check.intro")}, r.reviewed()...)...)
			r.ReadPage()
			r.Send(page)
			r.prints("/apply/sent", r.words("sent.waiting.title"), "zoe@example.org", r.words("proof.label"), r.words("proof.hint"), r.words("proof.send"),
				r.words("sent.missing.title"), r.words("sent.address"), r.words("sent.readdress"), r.words("sent.correct"))
		})
	}
}
