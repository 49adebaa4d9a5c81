//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
)

// What is changed while Continue is at work is not saved after it, from the next page: the
// answer to Continue says what is saved.
func TestNoAutosaveFollowsContinue(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.StartDraft(1)
		p.Visit(p.Path("/apply/about"))
		held := holdRequests(p, "/*/apply/about*", fetch.RequestStageRequest)
		p.Click("button($0)", p.Words("nav.continue"))
		press := held.next(p.T)
		p.Fill(p.Label("first_name"), "Adda")
		p.Type(kb.Tab)
		harness.Call(p, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: press.RequestID})
		p.ExpectSection("role")
		held.expectNoMore(p)
		releaseRequests(p)
		p.Back()
		p.ExpectAnswer("first_name", "Zoë")
	})
}

// A press that fails saves nothing. What was changed meanwhile is saved by itself.
func TestAFailedPressIsFollowedByASave(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Tolerate = "Failed to "
		p.Visit(p.Path("/apply/about"))
		held := holdRequests(p, "/*/apply/about", fetch.RequestStageRequest)
		p.Click("button($0)", p.Words("nav.continue"))
		press := held.next(p.T)
		p.Fill(p.Label("first_name"), "Adda")
		p.Type(kb.Tab)
		harness.Call(p, fetch.FailRequest, fetch.FailRequestParams{RequestID: press.RequestID, ErrorReason: network.ErrorReasonConnectionReset})
		p.ExpectOffline(true)
		p.Execute("dispatchEvent(new Event('online'))") // sooner than after the pause
		p.ExpectSaved()
		expectSaved(p.NewTab(), "about", harness.To("first_name", "Adda"))
	})
}
