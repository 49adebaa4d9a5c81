//go:build e2e

package process

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// A step is what a browser asks for, or a letter that comes, and what must be in
// it. Words like <links.resume> stand for what the case has.
type step struct {
	by       string     // a browser of the case, or one without a cookie
	open     string     // the path of a page
	submit   string     // the action of the form of that page that is submitted; "": none
	with     url.Values // what is typed or pressed for that
	autosave bool       // the form is sent as autosave sends it

	letter string // the address of a letter, instead of a page
	as     string // the name for its link and its code in later steps

	status int        // 0: 200
	at     string     // where redirects end; "": there are none
	soon   bool       // a job in the background has to run first
	see    []string   // words
	miss   []string   // words that must not be there
	form   url.Values // what a form of the page must hold
}

// A scenario is the steps of a case.
type scenario struct {
	name  string
	steps []step
}

// A journey takes the steps of a case.
type journey struct {
	*testing.T
	site     *clockedSite
	facts    facts
	name     string
	person   oldCase
	browsers map[string]*browser
}

// newJourney returns the journey of a case. One that is not in the facts begins
// with nothing.
func newJourney(t *testing.T, site *clockedSite, f facts, name string) *journey {
	j := &journey{T: t, site: site, facts: f, name: name, person: f.Cases[name], browsers: make(map[string]*browser)}
	for _, m := range []*map[string]string{&j.person.Links, &j.person.Codes} {
		if *m == nil {
			*m = make(map[string]string)
		}
	}
	return j
}

// take takes the steps one after the other, until one goes wrong.
func (j *journey) take(steps []step) {
	j.Helper()
	for i, s := range steps {
		s = j.known(s)
		try := func() error { return s.check(j.visit(s)) }
		if s.letter != "" {
			j.takeLetter(s)
		} else if s.soon {
			j.site.advance(15 * time.Second) // choices take effect after ten
			harness.Eventually(j.T, "a job has changed the page", try)
		} else if err := try(); err != nil {
			j.Fatalf("step %d: browser %q, page %s, form %q: %v", i+1, s.by, s.open, s.submit, err)
		}
	}
}

// visit asks for the page of a step.
func (j *journey) visit(s step) page {
	j.Helper()
	b := j.browser(s.by)
	p := b.open(s.open)
	if s.submit == "" {
		return p
	}
	form, found := p.forms[s.submit]
	if !found {
		j.Fatalf("%s (%d) has no form for %s:\n%s", p.at, p.status, s.submit, p.words)
	}
	for name, values := range s.with {
		form[name] = values
	}
	j.site.advance(2 * time.Second) // to read it
	if s.autosave {
		return b.post(s.submit+"/save", form, http.Header{"Hx-Request": {"true"}})
	}
	return b.post(s.submit, form, nil)
}

func (j *journey) browser(name string) *browser {
	j.Helper()
	if b, ok := j.browsers[name]; ok {
		return b
	}
	agent := j.name + "/" + name
	if name == "guesser" {
		agent = j.facts.Guesser
	}
	b := newBrowser(j.T, j.site.settings["BASE_URL"], agent, j.facts.Cookie, j.person.Browsers[name])
	j.browsers[name] = b
	return b
}

// known returns a step with what the case has in the place of its names.
func (j *journey) known(s step) step {
	var pairs []string
	for kind, values := range map[string]map[string]string{"links": j.person.Links, "codes": j.person.Codes, "typed": j.person.Typed} {
		for name, value := range values {
			pairs = append(pairs, "<"+kind+"."+name+">", value)
		}
	}
	names := strings.NewReplacer(pairs...)
	for _, text := range []*string{&s.open, &s.submit, &s.at} {
		*text = names.Replace(*text)
	}
	s.see, s.miss = replaced(names, s.see), replaced(names, s.miss)
	s.with, s.form = replacedValues(names, s.with), replacedValues(names, s.form)
	return s
}

// en returns the words under a key of the catalogue: with args, or else up to the first verb.
func en(key string, args ...any) string { return upToVerb(i18n.T(i18n.English, key, args...)) }

func fr(key string, args ...any) string { return upToVerb(i18n.T(i18n.French, key, args...)) }

func upToVerb(text string) string {
	words, _, _ := strings.Cut(text, "%")
	return strings.TrimSpace(words)
}

func replaced(names *strings.Replacer, texts []string) (known []string) {
	for _, text := range texts {
		known = append(known, names.Replace(text))
	}
	return known
}

func replacedValues(names *strings.Replacer, values url.Values) url.Values {
	known := make(url.Values)
	for key, texts := range values {
		known[key] = replaced(names, texts)
	}
	return known
}

// check compares a page with what a step wants.
func (s step) check(p page) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if want := max(http.StatusOK, s.status); p.status != want {
		fault("the status is %d, want %d", p.status, want)
	}
	if want := s.end(); p.at != want {
		fault("it ends at %s, want %s", p.at, want)
	}
	for _, words := range s.see {
		if !strings.Contains(p.words, harness.NormalizeSpace(words)) {
			fault("it does not say %q", words)
		}
	}
	for _, words := range s.miss {
		if strings.Contains(p.words, harness.NormalizeSpace(words)) {
			fault("it says %q", words)
		}
	}
	if len(s.form) > 0 && !p.holds(s.form) {
		fault("no form holds %v, only %v", s.form, p.forms)
	}
	if faults != nil {
		fault("the page: %s", p.words)
	}
	return errors.Join(faults...)
}

// end returns where a step must end.
func (s step) end() string {
	switch {
	case s.at != "":
		return s.at
	case s.autosave:
		return s.submit + "/save"
	case s.submit != "":
		return s.submit
	}
	return s.open
}

// holds reports whether one form of the page has all of these values.
func (p page) holds(want url.Values) bool {
	for _, form := range p.forms {
		fits := true
		for key, values := range want {
			fits = fits && (slices.Equal(form[key], values) || form.Get(key) == "" && values[0] == "")
		}
		if fits {
			return true
		}
	}
	return false
}
