//go:build e2e

package pages

import (
	"testing"

	"joinery/app/e2e/harness"
)

func TestForcedColoursLeaveEverythingVisible(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Prefer("forced-colors", "active")
		p.Visit(p.Path("/apply/about"))
		p.Continue()
		p.ExpectErrors("about", 3)
		p.Expect(true, "matchMedia('(forced-colors: active)').matches")
		checkLayout(p, "edgeless()", "about, refused")
		p.ExpectTabOrder("about, refused, in the reader’s colours")
	})
}
