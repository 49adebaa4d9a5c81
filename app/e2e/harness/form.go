//go:build e2e

package e2e

import (
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/form"
	"joinery/app/i18n"
)

// The questions of the form, so that nothing here repeats their words.
var questions = sync.OnceValue(func() *form.Definition {
	d, err := form.Membership()
	if err != nil {
		panic(err)
	}
	return d
})

// hub is the organization that runs a site with nothing configured.
var hub = i18n.Text{i18n.English: "Sample Training Hub", i18n.French: "Carrefour de formation (exemple)"}

// label returns how a question reads to p, and optionLabel one of its options.
func (p *person) label(key string) string { return plain(questions().Field(key).Label.In(p.lang)) }

func (p *person) optionLabel(key, code string) string {
	for _, o := range questions().Field(key).OptionsIn(p.lang) {
		if o.Code == code {
			return plain(o.Label.In(p.lang))
		}
	}
	p.Fatalf("%s has no option %s", key, code)
	return ""
}

func (p *person) consent(i int) string { return plain(questions().Consents[i].In(p.lang, hub)) }

func (p *person) words(key string, args ...any) string { return plain(i18n.T(p.lang, key, args...)) }

func (p *person) count(n int) string { return plain(i18n.N(p.lang, "field.count", n, 1000)) }

// plain makes every space in a text the same.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

func (p *person) path(rest string) string { return "/" + string(p.lang) + rest }

// An answer is what is typed or chosen for a question.
type answer struct {
	question string
	values   []string // text, or codes
}

// A sheet is the answers to one section.
type sheet struct {
	section string
	answers []answer
}

// ada is a whole application, with something of every kind.
var ada = []sheet{
	{"about", []answer{
		{"first_name", []string{"Ada"}}, {"last_name", []string{"Lovelace-Gagné"}}, {"email", []string{"ada@example.org"}},
		{"region", []string{"qc"}},
	}},
	{"role", []answer{{"roles", []string{"patient", "citizen"}}}},
	{"affiliations", []answer{{"university", []string{"Université Laval"}}}},
	{"interests", []answer{
		{"expertise", []string{"lived_experience"}}, {"health_research", []string{"aging", "cancer"}},
		{"por_research", []string{"co_design"}}, {"goals", []string{"Apprendre, and to meet."}},
	}},
}

// answer answers one question the way its kind is answered.
func (p *person) answer(a answer) {
	p.Helper()
	question := p.label(a.question)
	switch questions().Field(a.question).Kind {
	case form.Radio, form.Checkboxes:
		for _, code := range a.values {
			p.press("option($0, $1)", question, p.optionLabel(a.question, code))
		}
	case form.Select:
		p.selects(question, a)
	default:
		p.fill(question, a.values[0])
	}
	p.hasAnswer(a)
}

func (p *person) selects(question string, a answer) {
	p.Helper()
	_, err := ask[bool](p, "question($0).focus(), true", question)
	p.must(err)
	p.chooses(a)
}

// chooses chooses from the list that has the focus: by the key End, or by typing
// the first word, as a space might open the list.
func (p *person) chooses(a answer) {
	p.Helper()
	options := questions().Field(a.question).OptionsIn(p.lang)
	if options[len(options)-1].Code == a.values[0] {
		p.types(kb.End)
		return
	}
	word, _, _ := strings.Cut(p.optionLabel(a.question, a.values[0]), " ")
	p.types(word)
}

// hasAnswer waits until the page shows a as answered.
func (p *person) hasAnswer(a answer) {
	p.Helper()
	question := p.label(a.question)
	switch questions().Field(a.question).Kind {
	case form.Radio, form.Checkboxes:
		for _, code := range a.values {
			sees(p, true, "option($0, $1).checked", question, p.optionLabel(a.question, code))
		}
	default:
		sees(p, a.values[0], "question($0).value", question)
	}
}

// isAt waits until p is at the given step, and checks what tells where it is:
// address, title, heading and focus.
func (p *person) isAt(section string) {
	p.Helper()
	steps := len(questions().Sections) + 1
	title := p.words("check.page_title", steps)
	if s, ok := questions().Section(section); ok {
		for i := range questions().Sections {
			if questions().Sections[i].Key == section {
				title = p.words("section.title", s.Title.In(p.lang), i+1, steps)
			}
		}
	}
	sees(p, p.path("/apply/"+section), "location.pathname")
	sees(p, true, "title().startsWith($0)", title+" – ")
	sees(p, true, "document.activeElement === heading()")
}

// isRefused waits until p is told that something is wrong, at the same step.
func (p *person) isRefused(section string, problems int) {
	p.Helper()
	sees(p, true, "document.activeElement === summary()")
	sees(p, true, "title().startsWith($0)", p.words("error.prefix")+" ")
	sees(p, p.path("/apply/"+section), "location.pathname")
	sees(p, "1", "new URLSearchParams(location.search).get('wrong')") // an address to come back to
	sees(p, problems, "summary().querySelectorAll('a').length")
}

func (p *person) next() {
	p.Helper()
	p.follow(p.words("nav.continue"))
}

// walk answers the sheets one after the other, from the page of the first.
func (p *person) walk(sheets []sheet) {
	p.Helper()
	for _, s := range sheets {
		p.isAt(s.section)
		for _, a := range s.answers {
			p.answer(a)
		}
		p.next()
	}
}

// back goes one step back in the history.
func (p *person) back() {
	p.Helper()
	p.returns(func() {
		history, err := chromedp.Run(p.ctx, chromedp.NavigationEntries())
		p.must(err)
		call(p, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: history.Entries[history.CurrentIndex-1].ID})
	})
}

func (p *person) reload() {
	p.Helper()
	p.returns(func() { call(p, page.Reload, page.ReloadParams{}) })
}

// returns waits for a page that was seen before. Nothing is sent for it: where
// something would be, browsers ask, and the one of these tests does not.
func (p *person) returns(act func()) {
	p.Helper()
	before := p.posted.Load()
	p.turns(act)
	if p.posted.Load() != before {
		p.Errorf("coming back to %s sends a form once more", p.address())
	}
}

func (p *person) address() string {
	path, err := ask[string](p, "location.pathname + location.search")
	p.must(err)
	return path
}

// everyWay runs a test in each of the ways, at the same time, on the site that
// all tests share: it is for those that look at nothing but their own drafts.
func everyWay(t *testing.T, ways []way, test func(*person)) {
	onSites(t, ways, theSite, test)
}

// everyWayAlone does the same, but each with a site of its own.
func everyWayAlone(t *testing.T, ways []way, test func(*person)) {
	onSites(t, ways, newSite, test)
}

func onSites(t *testing.T, ways []way, site func(*testing.T) settings, test func(*person)) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			test(newPerson(t, site(t), w))
		})
	}
}
