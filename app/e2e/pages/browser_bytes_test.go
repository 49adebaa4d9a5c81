//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Scales weigh what a browser says that it gets, and keep where it asks for it.
type scales struct {
	mu    sync.Mutex
	asked map[network.RequestID]string // the address
	came  map[network.RequestID]int
}

// weighs puts everything on scales that the browser gets from now on.
func (p *person) weighs() *scales {
	p.Helper()
	s := &scales{asked: make(map[network.RequestID]string), came: make(map[network.RequestID]int)}
	p.must(chromedp.Listen(p.ctx, s.notice))
	return s
}

func (s *scales) notice(event any) {
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
func (s *scales) read(t *testing.T) map[string]int {
	t.Helper()
	parts := make(map[string]int)
	eventually(t, "all is there that was asked for", func() error {
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
	s := theSite(t)
	for _, w := range ways[:2] {
		for _, path := range []string{"", "/apply/about"} {
			p := newPerson(t, s, w)
			weighed := p.weighs()
			p.visit(p.path(path))
			sees(p, "complete", "document.readyState")
			parts, sum := weighed.read(t), 0
			for address, n := range parts {
				sum += n
				if !strings.HasPrefix(address, p.base+"/") {
					t.Errorf("%s asks for %s", p.path(path), address)
				}
			}
			t.Logf("%s: %d bytes, of: %v", p.path(path), sum, parts)
			if document := parts[p.base+p.path(path)]; document == 0 || document > mostOfDocument || sum > mostOfAll || len(parts) > mostRequests {
				t.Errorf("%s takes %d bytes in %d requests, %d for the document", p.path(path), sum, len(parts), document)
			}
		}
	}
}

// weighsPages returns what fails the test for every page that is too heavy,
// whichever test opens it.
func (p *person) weighsPages() func(event any) {
	pages := make(map[network.RequestID]string)
	return func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Type == network.ResourceTypeDocument {
				pages[e.RequestID] = e.Request.URL
			}
		case *network.EventLoadingFinished:
			if address, ok := pages[e.RequestID]; ok && e.EncodedDataLength > mostOfDocument {
				p.Errorf("%s takes %.0f bytes with its styles, want at most %d", strings.TrimPrefix(address, p.base), e.EncodedDataLength, mostOfDocument)
			}
		}
	}
}
