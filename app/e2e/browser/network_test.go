//go:build e2e

package browser

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/chromedp"

	"joinery/app/e2e/harness"
)

// Held requests are on their way to the site, or their answers back.
type heldRequests <-chan *fetch.EventRequestPaused

// holdRequests keeps back what goes between the browser and a path of the site,
// at one of both ends, until releaseRequests.
func holdRequests(p *harness.Person, path string, at fetch.RequestStage) heldRequests {
	p.Helper()
	held := make(chan *fetch.EventRequestPaused, 100)
	p.Must(chromedp.Listen(p.Ctx, func(event any) {
		if e, ok := event.(*fetch.EventRequestPaused); ok {
			held <- e
		}
	}))
	harness.Call(p, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: p.Base + path, RequestStage: at}}})
	return held
}

// releaseRequests lets requests go, also those that are held.
func releaseRequests(p *harness.Person) {
	p.Helper()
	harness.Call(p, fetch.Disable, cdp.Empty{})
}

// next waits for something to be held.
func (held heldRequests) next(t *testing.T) *fetch.EventRequestPaused {
	t.Helper()
	select {
	case e := <-held:
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("waited in vain for a request")
		return nil
	}
}

// deliverLate sends the site a request that its page has given up long since, and
// returns the status of the answer.
func deliverLate(p *harness.Person, e *fetch.EventRequestPaused) (status int) {
	p.Helper()
	var body []byte
	for _, entry := range e.Request.PostDataEntries {
		body = append(body, entry.Bytes...)
	}
	return harness.Ask[int](p, `fetch($0, {method: 'POST', body: new URLSearchParams($1)}).then(r => r.status)`, e.Request.URL, string(body))
}

// followTwice clicks a button that posts to a path, and clicks it again after
// the site has done what it asks for and before the answer arrives. On a page with
// scripts the second click does nothing.
func followTwice(p *harness.Person, words, path string) {
	p.Helper()
	scripts := p.Script && harness.Ask[bool](p, "document.scripts.length > 0")
	held := holdRequests(p, path, fetch.RequestStageResponse)
	p.WaitForPage(func() {
		at := p.Locate("button($0)", words)
		p.Do(chromedp.MouseClickXY(at[0], at[1]))
		first := held.next(p.T)
		p.Do(chromedp.MouseClickXY(at[0], at[1]))
		if scripts {
			harness.Call(p, fetch.ContinueResponse, fetch.ContinueResponseParams{RequestID: first.RequestID})
		} else {
			held.next(p.T)
			releaseRequests(p)
		}
	})
	if scripts {
		held.expectNoMore(p)
		releaseRequests(p)
	}
}
