//go:build e2e

package harness

import "github.com/chromedp/cdproto/network"

// SetOffline cuts the browser off from the site, or connects it again. The browser tells
// the page.
func (p *Person) SetOffline(offline bool) {
	p.Helper()
	p.setNetwork(network.Conditions{Offline: offline})
	Call(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1})
}

// SlowDown makes the way between the browser and the site long.
func (p *Person) SlowDown() {
	p.Helper()
	p.setNetwork(network.Conditions{Latency: 700})
}

// SlowFonts makes fonts, and nothing else, come so late that the page is there before.
func (p *Person) SlowFonts() {
	p.Helper()
	p.setNetwork(network.Conditions{URLPattern: p.Base + "/static/*.woff2", Latency: 2000})
}

func (p *Person) setNetwork(c network.Conditions) {
	p.Helper()
	c.DownloadThroughput, c.UploadThroughput = -1, -1
	Call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{&c},
	})
}
