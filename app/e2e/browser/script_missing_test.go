//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"

	"joinery/app/e2e/harness"
)

// startVisit goes to a page that may never be complete.
func startVisit(p *harness.Person, path string) {
	p.Helper()
	harness.Call(p, page.Navigate, page.NavigateParams{URL: p.Base + path})
	expectForm(p, path)
}

// expectForm waits for the questions of a page, complete or not.
func expectForm(p *harness.Person, path string) {
	p.Helper()
	p.Expect(true, "location.pathname === $0 && !!heading() && !!button($1)", path, p.Words("nav.continue"))
}

// answerPlainForm answers a section on a page without scripts.
func answerPlainForm(p *harness.Person, s harness.Section) {
	p.Helper()
	p.Expect(true, "!('htmx' in window)")
	p.AnswerAll(s.Answers...)
	p.Click("button($0)", p.Words("nav.continue"))
}

func TestTheFormWorksWhileItsScriptIsOnItsWay(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		held := holdRequests(p, "/static/joinery*", fetch.RequestStageRequest)
		startVisit(p, p.Path("/apply/about"))
		for i, s := range harness.Ada[:2] {
			held.next(p.T)
			answerPlainForm(p, s)
			expectForm(p, p.Path("/apply/"+harness.Ada[i+1].Key))
		}
		releaseRequests(p)
	})
}

// A connection that breaks, or a browser too old for the script, leaves half of
// it or none.
func TestTheFormWorksWithHalfOfItsScript(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Tolerate = "Uncaught"
		held := holdRequests(p, "/static/joinery*", fetch.RequestStageRequest)
		harness.Call(p, page.Navigate, page.NavigateParams{URL: p.Base + p.Path("/apply/about")})
		harness.Call(p, fetch.FulfillRequest, fetch.FulfillRequestParams{
			RequestID: held.next(p.T).RequestID, ResponseCode: 200, Body: []byte("var htmx_ = (() => { class t { #e"),
		})
		releaseRequests(p)
		p.ExpectSection("about")
		answerPlainForm(p, harness.Ada[0])
		p.ExpectSection("role")
	})
}

// No page waits for ever: after a while it says that no answer comes. This test
// makes that time shorter.
func TestARequestWithoutAnAnswerIsSaidToHaveNone(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.Expect(20_000, "htmx.config.defaultTimeout")
		p.Expect(500, "htmx.config.defaultTimeout = 500")
		markPage(p)
		p.Tolerate = "timeout"
		held := holdRequests(p, "/*/apply/about", fetch.RequestStageRequest)
		p.AnswerAll(harness.Ada[0].Answers...)
		p.Click("button($0)", p.Words("nav.continue"))
		held.next(p.T)
		p.ExpectOffline(true)
		p.ExpectAnswers(harness.Ada[0].Answers...)
		p.Expect(false, "document.activeElement === document.body")
		releaseRequests(p)
		p.Continue()
		p.ExpectSection("role")
		p.ExpectOffline(false)
		expectSamePage(p)
	})
}

func TestTheFormWorksWhenItsScriptDoesNotArrive(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Tolerate = "/static/joinery"
		harness.Call(p, network.SetBlockedURLs, network.SetBlockedURLsParams{
			URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/static/joinery*", Block: true}},
		})
		p.Visit("/en/apply/about")
		p.Expect(false, "'htmx' in window")
		p.Continue()
		p.ExpectErrors("about", 3)
		p.AnswerAll(harness.Ada[0].Answers...)
		p.Continue()
		p.ExpectSection("role")
	})
}
