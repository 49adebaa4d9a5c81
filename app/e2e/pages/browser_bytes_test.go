//go:build e2e

package pages

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"joinery/app/e2e/harness"
)

// Traffic is what a browser says that it gets.
type traffic struct {
	mu    sync.Mutex
	asked map[network.RequestID]string // addresses
	came  map[network.RequestID]int    // bytes
}

// recordTraffic records what the browser gets from now on.
func recordTraffic(p *harness.Person) *traffic {
	p.Helper()
	s := &traffic{asked: make(map[network.RequestID]string), came: make(map[network.RequestID]int)}
	p.Must(chromedp.Listen(p.Ctx, s.notice))
	return s
}

func (s *traffic) notice(event any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		s.asked[e.RequestID] = e.Request.URL
	case *network.EventLoadingFinished:
		s.came[e.RequestID] = int(e.EncodedDataLength)
	}
}

// read returns what has come, by address, once all of it is there.
func (s *traffic) read(t *testing.T) map[string]int {
	t.Helper()
	parts := make(map[string]int)
	harness.Eventually(t, "all is there that was asked for", func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		for id, address := range s.asked {
			n, here := s.came[id]
			if !here {
				return fmt.Errorf("%s is not", address)
			}
			parts[address] = n
		}
		return nil
	})
	return parts
}

// What the browser says that it loads agrees with what is counted on the wire.
func TestTheBrowserLoadsNoMore(t *testing.T) {
	t.Parallel()
	s := harness.SharedSite(t)
	for _, w := range harness.Ways[:2] {
		for _, path := range []string{"", "/apply/about"} {
			p := harness.NewPerson(t, s, w)
			traffic := recordTraffic(p)
			p.Visit(p.Path(path))
			p.Expect("complete", "document.readyState")
			parts, sum := traffic.read(t), 0
			for address, n := range parts {
				sum += n
				if !strings.HasPrefix(address, p.Base+"/") {
					t.Errorf("%s asks for %s", p.Path(path), address)
				}
			}
			t.Logf("%s: %d bytes, of: %v", p.Path(path), sum, parts)
			if document := parts[p.Base+p.Path(path)]; document == 0 || document > harness.MaxDocument || sum > maxPage || len(parts) > maxRequests {
				t.Errorf("%s takes %d bytes in %d requests, %d for the document", p.Path(path), sum, len(parts), document)
			}
		}
	}
}
