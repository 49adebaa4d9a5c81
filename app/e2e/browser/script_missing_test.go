//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/page"
)

// comes has p go to a page that may never be there with all that belongs to it.
func (p *person) comes(path string) {
	p.Helper()
	call(p, page.Navigate, page.NavigateParams{URL: p.base + path})
	p.finds(path)
}

// finds waits for the questions of a page, whatever belongs to them.
func (p *person) finds(path string) {
	p.Helper()
	sees(p, true, "location.pathname === $0 && !!heading() && !!button($1)", path, p.words("nav.continue"))
}

// answersPlainly answers a section on a page that is no more than a form.
func (p *person) answersPlainly(s sheet) {
	p.Helper()
	sees(p, true, "!('htmx' in window)")
	for _, a := range s.answers {
		p.answer(a)
	}
	p.press("button($0)", p.words("nav.continue"))
}

func TestTheFormWorksWhileItsScriptIsOnItsWay(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		held := p.holds("/static/joinery*", fetch.RequestStageRequest)
		p.comes(p.path("/apply/about"))
		for i, s := range ada[:2] {
			held.next(p.T)
			p.answersPlainly(s)
			p.finds(p.path("/apply/" + ada[i+1].section))
		}
		p.letsGo()
	})
}

// A connection that breaks, or a browser too old for the script, leaves half of
// it or none.
func TestTheFormWorksWithHalfOfItsScript(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.tolerates = "Uncaught"
		held := p.holds("/static/joinery*", fetch.RequestStageRequest)
		call(p, page.Navigate, page.NavigateParams{URL: p.base + p.path("/apply/about")})
		call(p, fetch.FulfillRequest, fetch.FulfillRequestParams{
			RequestID: held.next(p.T).RequestID, ResponseCode: 200, Body: []byte("var htmx_ = (() => { class t { #e"),
		})
		p.letsGo()
		p.isAt("about")
		p.answersPlainly(ada[0])
		p.isAt("role")
	})
}

// Whoever presses Continue and gets no answer presses it again, and goes on with
// the answer to that.
func TestASecondPressGoesOnWhenTheFirstGetsNoAnswer(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.mark()
		for _, a := range ada[0].answers {
			p.answer(a)
		}
		held := p.holds("/*/apply/about", fetch.RequestStageRequest)
		p.press("button($0)", p.words("nav.continue"))
		held.next(p.T) // and nothing comes of it
		p.turns(func() {
			p.press("button($0)", p.words("nav.continue"))
			call(p, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: held.next(p.T).RequestID})
		})
		p.isAt("role")
		p.toldOffline(false)
		p.staysOnItsPage()
		p.letsGo()
		p.isAt("role")
	})
}

// Nobody sits before a page that waits for ever: after a while it says that no
// answer comes. What it is told here of how long that is, is only shorter.
func TestARequestWithoutAnAnswerIsSaidToHaveNone(t *testing.T) {
	everyWay(t, ways[1:2], func(p *person) {
		p.visit(p.path("/apply/about"))
		sees(p, 20_000, "htmx.config.defaultTimeout")
		sees(p, 500, "htmx.config.defaultTimeout = 500")
		p.mark()
		p.tolerates = "timeout"
		held := p.holds("/*/apply/about", fetch.RequestStageRequest)
		for _, a := range ada[0].answers {
			p.answer(a)
		}
		p.press("button($0)", p.words("nav.continue"))
		held.next(p.T)
		p.toldOffline(true)
		p.has(ada[0])
		sees(p, false, "document.activeElement === document.body")
		p.letsGo()
		p.next()
		p.isAt("role")
		p.toldOffline(false)
		p.staysOnItsPage()
	})
}
