//go:build e2e

package harness

import "github.com/chromedp/cdproto/network"

// SetOffline cuts the browser off from the site, or connects it again.
func (p *Person) SetOffline(offline bool) {
	p.Helper()
	p.setNetwork(network.Conditions{Offline: offline})
}

// SlowDown makes the way between the browser and the site long.
func (p *Person) SlowDown() {
	p.Helper()
	p.setNetwork(network.Conditions{Latency: 700})
}

func (p *Person) setNetwork(c network.Conditions) {
	p.Helper()
	c.DownloadThroughput, c.UploadThroughput = -1, -1
	Call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{&c},
	})
}
