//go:build e2e

package browser

import (
	"testing"

	"joinery/app/e2e/harness"
)

// What is chosen alone unticks the others, and they untick it; what is saved is what is
// seen.
func TestAnExclusiveChoiceIsAlone(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.StartDraft(3)
		p.Visit(p.Path("/apply/interests"))
		all, box := p.Label("health_research"), "option($0, $1).checked"
		p.Answer("health_research", "open_to_all")
		p.Expect(true, box, all, p.OptionLabel("health_research", "open_to_all"))
		p.Click("option($0, $1)", all, p.OptionLabel("health_research", "aging"))
		p.Expect(false, box, all, p.OptionLabel("health_research", "open_to_all"))
		p.Click("option($0, $1)", all, p.OptionLabel("health_research", "open_to_all"))
		p.Expect(false, box, all, p.OptionLabel("health_research", "aging"))
		p.ExpectSaved()
		p.Reload()
		p.Expect(false, box, all, p.OptionLabel("health_research", "aging"))
		p.Expect(true, box, all, p.OptionLabel("health_research", "open_to_all"))
	})
}
