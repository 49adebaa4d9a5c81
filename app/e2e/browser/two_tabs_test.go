//go:build e2e

package browser

import (
	"testing"

	"joinery/app/e2e/harness"
)

func TestTwoTabsChangeTheSameSection(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		p.StartDraft(1)
		o := p.NewTab()
		p.Visit(p.Path("/apply/about"))
		o.Visit(p.Path("/apply/about"))
		o.Answer("first_name", "Zora")
		o.Answer("pronouns", "she")
		o.Continue()
		o.ExpectSection("role")

		p.Answer("last_name", "Hurston")
		p.Answer("pronouns", "elle")
		if p.Script {
			p.ExpectNotSaved("saving.elsewhere")
		}
		p.Continue()
		p.ExpectConflict("first_name", "Zora", "Zoë", false)
		p.ExpectConflict("last_name", "O’Neil-Đặng", "Hurston", true)
		p.ExpectConflict("pronouns", "she", "elle", true)
		p.Expect(3, "document.querySelectorAll('fieldset').length")

		p.Click("option($0, $1)", p.Label("pronouns"), p.Words("merge.theirs")+" she")
		switchLanguage(p)
		p.ExpectConflict("first_name", "Zora", "Zoë", false)
		p.ExpectConflict("last_name", "O’Neil-Đặng", "Hurston", true)
		p.ExpectConflict("pronouns", "she", "elle", false)
		p.Follow(p.Words("merge.use"))
		p.ExpectSection("role")
		expectMerged(p)
		expectMerged(o)
	})
}

// expectMerged checks that the choice is what Back and Reload show. Without
// JavaScript the page with the choice answers a post, and a browser that goes
// back that far asks before it posts once more.
func expectMerged(p *harness.Person) {
	p.Helper()
	merged := []harness.Answer{harness.To("first_name", "Zora"), harness.To("last_name", "Hurston"), harness.To("pronouns", "she")}
	p.Follow(p.Words("nav.back"))
	p.ExpectSection("about")
	p.ExpectAnswers(merged...)
	p.Reload()
	p.ExpectAnswers(merged...)
	p.Back()
	p.Expect(p.Path("/apply/role"), "location.pathname")
	if p.Script {
		p.Back()
		p.ExpectAnswers(merged...)
	}
}
