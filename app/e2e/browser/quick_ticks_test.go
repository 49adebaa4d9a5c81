//go:build e2e

package browser

import (
	"testing"

	"joinery/app/e2e/harness"
)

// Two boxes of a list that is shown as wrong are ticked within a moment, the second while
// what the first asks of the site is still on its way.
func TestTwoQuickTicksInAWrongListAreBothKept(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.StartDraft(1)
		p.Visit(p.Path("/apply/role"))
		p.Continue()
		p.ExpectErrors("role", 1)
		p.SlowDown()
		roles := p.Label("roles")
		both := []string{p.OptionLabel("roles", "patient"), p.OptionLabel("roles", "caregiver")}
		p.Execute("$1.forEach(words => option($0, words).click())", roles, both)
		p.Expect(false, "question($0).hasAttribute('aria-invalid')", roles)
		p.ExpectSaved()
		p.ExpectAnswer("roles", "patient", "caregiver")
		p.Reload()
		p.ExpectAnswer("roles", "patient", "caregiver")
	})
}
