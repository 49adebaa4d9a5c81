//go:build e2e

package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

func (p *person) slowNetwork() {
	p.Helper()
	p.network(network.Conditions{Latency: 700})
}

// network makes the way to the site what it is told to be.
func (p *person) network(c network.Conditions) {
	p.Helper()
	c.DownloadThroughput, c.UploadThroughput = -1, -1
	call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{&c},
	})
}

// Paused requests are on their way to the site, or their answers back.
type paused <-chan *fetch.EventRequestPaused

// holds keeps back what goes between p and a path of the site, at one of both
// ends, until p letsGo.
func (p *person) holds(path string, at fetch.RequestStage) paused {
	p.Helper()
	held := make(chan *fetch.EventRequestPaused, 100)
	p.must(chromedp.Listen(p.ctx, func(event any) {
		if e, ok := event.(*fetch.EventRequestPaused); ok {
			held <- e
		}
	}))
	call(p, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: p.base + path, RequestStage: at}}})
	return held
}

func (p *person) letsGo() {
	p.Helper()
	call(p, fetch.Disable, cdp.Empty{})
}

// next waits for something to be held.
func (held paused) next(t *testing.T) *fetch.EventRequestPaused {
	t.Helper()
	select {
	case e := <-held:
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("waited in vain for a request")
		return nil
	}
}

// delivers brings a request to the site that its page has given up long since,
// and returns the status of the answer.
func (p *person) delivers(e *fetch.EventRequestPaused) (status int) {
	p.Helper()
	var body []byte
	for _, entry := range e.Request.PostDataEntries {
		body = append(body, entry.Bytes...)
	}
	status, err := ask[int](p, `fetch($0, {method: 'POST', body: new URLSearchParams($1)}).then(r => r.status)`, e.Request.URL, string(body))
	p.must(err)
	return status
}

// followTwice presses a button that posts to a path, and presses it again after
// the site has done what it asks for and before the answer arrives.
func (p *person) followTwice(words, path string) {
	p.Helper()
	p.turns(func() {
		held := p.holds(path, fetch.RequestStageResponse)
		at := p.find("button($0)", words)
		for range 2 {
			p.do(chromedp.MouseClickXY(at[0], at[1]))
			held.next(p.T)
		}
		p.letsGo()
	})
}
