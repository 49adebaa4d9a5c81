//go:build e2e

package pages

import (
	"testing"

	"joinery/app/e2e/harness"
)

func TestReducedMotionIsRespected(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Prefer("prefers-reduced-motion", "reduce")
		for _, path := range []string{"", "/apply/about", "/apply/about?wrong=1", "/privacy"} {
			p.Visit(p.Path(path))
			checkLayout(p, "moving()", path)
		}
	})
}
