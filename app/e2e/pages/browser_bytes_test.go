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

// What the browser says that it loads agrees with what is counted on the wire. Fonts come
// beside it: on the first page two, with which it is as light as a page may be without.
func TestTheBrowserLoadsNoMore(t *testing.T) {
	t.Parallel()
	s := harness.SharedSite(t)
	for _, w := range harness.Ways[:2] {
		for path, most := range map[string]int{"": maxPage, "/apply/about": maxPage + maxFonts} {
			p := harness.NewPerson(t, s, w)
			traffic := recordTraffic(p)
			p.Visit(p.Path(path))
			p.Expect("complete", "document.readyState")
			parts, sum, fonts := traffic.read(t), 0, 0
			for address, n := range parts {
				sum += n
				if strings.HasSuffix(address, ".woff2") {
					fonts += n
					delete(parts, address)
				}
				if !strings.HasPrefix(address, p.Base+"/") {
					t.Errorf("%s asks for %s", p.Path(path), address)
				}
			}
			t.Logf("%s: %d bytes, %d for fonts, and: %v", p.Path(path), sum, fonts, parts)
			if document := parts[p.Base+p.Path(path)]; document == 0 || document > harness.MaxDocument || sum-fonts > maxPage || len(parts) > maxRequests {
				t.Errorf("%s takes %d bytes without fonts in %d requests, %d for the document", p.Path(path), sum-fonts, len(parts), document)
			}
			if fonts == 0 || sum > most {
				t.Errorf("%s takes %d bytes, %d for fonts, want at most %d", p.Path(path), sum, fonts, most)
			}
		}
	}
}
