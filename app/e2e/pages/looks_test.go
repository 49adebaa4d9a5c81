//go:build e2e

package pages

import (
	_ "embed" // for looks.js
	"sync"

	"joinery/app/e2e/harness"
)

// looks are how texts have looked on the pages whose colours were checked.
var looks = struct {
	sync.Mutex
	seen map[string]bool
}{seen: make(map[string]bool)}

//go:embed testdata/looks.js
var appearances string

// hasNewLook reports whether a text on the page looks in a colour scheme like none before.
func hasNewLook(p *harness.Person, scheme string) (anew bool) {
	p.Helper()
	p.Prefer("prefers-color-scheme", scheme)
	found := harness.Ask[[]string](p, appearances+"; appearances()")
	looks.Lock()
	defer looks.Unlock()
	for _, look := range found {
		anew = anew || !looks.seen[scheme+look]
		looks.seen[scheme+look] = true
	}
	return anew
}
