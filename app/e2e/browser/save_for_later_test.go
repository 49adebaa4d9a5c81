//go:build e2e

package e2e

import (
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/network"
)

// hasAnswered gives p a draft with the first n sections, and the applicant that
// it returns is what p does elsewhere in the same browser.
func (p *person) hasAnswered(n int) *applicant {
	p.Helper()
	a := newApplicant(p.T, p.site)
	for _, s := range answered[:n] {
		a.post("/en/apply/"+s.section, s.answers)
	}
	p.uses(a)
	return a
}

// uses has p sit at the browser of a.
func (p *person) uses(a *applicant) {
	p.Helper()
	site, err := url.Parse(p.base)
	p.must(err)
	for _, c := range a.Jar.Cookies(site) {
		call(p, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: p.base})
	}
}

func TestWhoFinishesLaterComesBackToWhereTheyWere(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
		p.hasAnswered(3)
		p.visit(p.path("/apply/role"))
		p.follow(p.words("nav.back"))
		p.isAt("about")
		p.answer(answer{"email", []string{"nope"}})
		p.answer(answer{"last_name", []string{""}})
		p.finishesLater()
		sees(p, "", "question($0).value", p.words("later.address")) // no address is known that is right

		p.visit("/")
		p.begins("landing.draft", "words(document.querySelector('.note'))")
		p.follow(p.words("landing.continue"))
		p.isAt("about")
		p.hasAnswer(answer{"email", []string{"nope"}})
		p.hasAnswer(answer{"first_name", []string{"Zoë"}})
		p.hasAnswer(answer{"last_name", []string{""}})
		sees(p, false, "!!summary()") // they know that they have not finished

		p.visit(p.path("/apply/interests")) // which cannot come yet
		p.isAt("about")
		p.next()
		p.isRefused("about", 2)
	})
}

// finishesLater leaves a section or the check page in the middle.
func (p *person) finishesLater() {
	p.Helper()
	p.follow(p.words("nav.later"))
	sees(p, p.path("/apply/later"), "location.pathname")
	sees(p, true, "title().startsWith($0)", p.words("later.page_title"))
	sees(p, p.words("later.title"), "words(heading())")
	sees(p, true, "document.activeElement === heading()")
	p.begins("later.browser", "words(document.querySelector('.lead'))")
}

// A section that was finished before shows the way to where its owner left off.
func TestAnySectionShowsTheWayToWhereTheyWere(t *testing.T) {
	everyWay(t, ways[1:2], func(p *person) {
		p.hasAnswered(2)
		p.visit(p.path("/apply/affiliations"))
		p.isAt("affiliations")
		p.answer(answer{"affiliation_other", []string{"A society"}})
		p.finishesLater()
		p.visit(p.path("/apply/role"))
		p.isAt("role")
		p.begins("draft.saved", "words(document.querySelector('aside p'))")
		where, _ := questions().Section("affiliations")
		p.follow(p.words("draft.place", where.Title))
		p.isAt("affiliations")
		p.hasAnswer(answer{"affiliation_other", []string{"A society"}})
	})
}
