//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
)

// busy tells whether a button, and the page, show that they work.
const busy = "[button($0), document.getElementById('page')].map(e => e.getAttribute('aria-busy')).join()"

// pressAgain clicks where a button is, whether or not it does anything.
func pressAgain(p *harness.Person, words string) {
	p.Helper()
	at := p.Locate("button($0)", words)
	p.Do(chromedp.MouseClickXY(at[0], at[1]))
}

// expectNoMore fails the test if there was another request. Whatever the browser has sent
// before it asks for another thing of the site is held when that is there.
func (held heldRequests) expectNoMore(p *harness.Person) {
	p.Helper()
	harness.Ask[int](p, "fetch('/healthz', {cache: 'no-store'}).then(r => r.status)")
	select {
	case e := <-held:
		p.Errorf("the browser also asks for %s", e.Request.URL)
	default:
	}
}

// A pressed button shows that it works, in itself and below the header, and does not work
// twice.
func TestAPressedButtonShowsThatItWorks(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.AnswerAll(harness.Ada[0].Answers...)
		onward := p.Words("nav.continue")
		held := holdRequests(p, "/*/apply/about", fetch.RequestStageResponse)
		p.Click("button($0)", onward)
		first := held.next(p.T)
		p.Expect("true,true", busy, onward)
		for _, part := range []string{"button[aria-busy]::after", "#page::before"} {
			p.Expect(true, "getComputedStyle(document.querySelector($0.split('::')[0]), '::' + $0.split('::')[1]).animationName !== 'none'", part)
		}
		pressAgain(p, onward)
		pressAgain(p, p.Words("nav.later"))
		p.Execute("question($0).focus()", p.Label("first_name"))
		p.Type(kb.Enter)
		held.expectNoMore(p)
		harness.Call(p, fetch.ContinueResponse, fetch.ContinueResponseParams{RequestID: first.RequestID})
		releaseRequests(p)
		p.ExpectSection("role")
		p.Expect(",", busy, onward)
		p.Continue()
		p.ExpectErrors("role", 1)
	})
}

// A button that Enter presses from a field is not seen. The first one that leads on shows
// that it works.
func TestEnterShowsThatItWorks(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		held := holdRequests(p, "/*/apply/about", fetch.RequestStageRequest)
		p.Execute("question($0).focus()", p.Label("first_name"))
		p.Type(kb.Enter)
		held.next(p.T)
		p.Expect("true,true", busy, p.Words("nav.continue"))
		releaseRequests(p)
		p.ExpectErrors("about", 3)
	})
}

// A button that gets no answer can be pressed again.
func TestAButtonWithoutAnAnswerLetsGo(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Tolerate = "Failed to "
		p.Visit(p.Path("/apply/about"))
		p.AnswerAll(harness.Ada[0].Answers...)
		p.SetOffline(true)
		p.Click("button($0)", p.Words("nav.continue"))
		p.ExpectOffline(true)
		p.Expect(",", busy, p.Words("nav.continue"))
		p.SetOffline(false)
		p.Continue()
		p.ExpectSection("role")
	})
}

// So it is where a form goes to another page without htmx. When the browser comes back to
// the page, it works no more.
func TestAButtonThatLeavesThePageShowsThatItWorks(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.StartDraft(1)
		p.Visit(p.Path("/apply/about"))
		held := holdRequests(p, "/*/apply/about", fetch.RequestStageRequest)
		at := p.Locate("document.querySelector('.language')")
		p.Do(chromedp.MouseClickXY(at[0], at[1]))
		first := held.next(p.T)
		p.Do(chromedp.MouseClickXY(at[0], at[1]))
		harness.Call(p, fetch.FailRequest, fetch.FailRequestParams{RequestID: first.RequestID, ErrorReason: network.ErrorReasonAborted})
		held.expectNoMore(p)
		releaseRequests(p)
		p.Expect("true", "document.querySelector('.language').getAttribute('aria-busy')")

		p.Visit(p.Path("/apply/about"))
		p.Click("document.querySelector('.language')")
		p.Expect(true, "location.pathname === $0 && !!heading()", "/fr/apply/about")
		p.Back()
		p.Expect("/en/apply/about", "location.pathname")
		p.Expect(0, "document.querySelectorAll('[aria-busy]').length")
		p.Continue()
		p.ExpectSection("role")
	})
}

// A browser may keep the whole page of a press, and show it again when a person comes back.
func TestAPageThatABrowserHasKeptWorksNoMore(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		held := holdRequests(p, "/*/apply/about", fetch.RequestStageRequest)
		p.Click("button($0)", p.Words("nav.continue"))
		held.next(p.T)
		p.Expect("true,true", busy, p.Words("nav.continue"))
		p.Execute("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
		p.Expect(",", busy, p.Words("nav.continue"))
		releaseRequests(p)
		p.ExpectErrors("about", 3)
	})
}
