//go:build e2e

package browser

import (
	"testing"

	"joinery/app/e2e/harness"
)

// Two boxes of a list that is shown as wrong are ticked at once, the second while what the
// first asks of the site is still on its way.
func TestTwoQuickTicksInAWrongListAreBothKept(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.StartDraft(1)
		p.Visit(p.Path("/apply/role"))
		p.Continue()
		p.ExpectErrors("role", 1)
		p.SlowDown()
		roles := p.Label("roles")
		p.Execute("window.ticked = [], addEventListener('change', () => ticked.push(performance.now()))")
		for _, code := range []string{"patient", "caregiver"} {
			p.Execute("option($0, $1).click()", roles, p.OptionLabel("roles", code))
		}
		p.Expect(true, "ticked.length === 2 && ticked[1] - ticked[0] < 50")
		p.Expect(false, "question($0).hasAttribute('aria-invalid')", roles)
		p.ExpectSaved()
		p.ExpectAnswer("roles", "patient", "caregiver")
		p.Reload()
		p.ExpectAnswer("roles", "patient", "caregiver")
	})
}
