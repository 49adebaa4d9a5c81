//go:build e2e

package e2e

import (
	"testing"
)

func TestTwoTabsChangeTheSameSection(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
		p.hasAnswered(1)
		o := p.tab()
		p.visit(p.path("/apply/about"))
		o.visit(p.path("/apply/about"))
		o.answer(answer{"first_name", []string{"Zora"}})
		o.answer(answer{"pronouns", []string{"she"}})
		o.next()
		o.isAt("role")

		p.answer(answer{"last_name", []string{"Hurston"}})
		p.answer(answer{"pronouns", []string{"elle"}})
		if p.script {
			p.isTold("saving.elsewhere")
			p.isAccessible("not saved: changed elsewhere")
		}
		p.next()
		p.seesBoth("first_name", "Zora", "Zoë", false)
		p.seesBoth("last_name", "O’Neil-Đặng", "Hurston", true)
		p.seesBoth("pronouns", "she", "elle", true)
		sees(p, 3, "document.querySelectorAll('fieldset').length")
		p.isValid("merge")

		p.press("option($0, $1)", p.label("pronouns"), p.words("merge.theirs")+" she")
		p.switchLanguage()
		p.seesBoth("first_name", "Zora", "Zoë", false)
		p.seesBoth("last_name", "O’Neil-Đặng", "Hurston", true)
		p.seesBoth("pronouns", "she", "elle", false)
		p.follow(p.words("merge.use"))
		p.isAt("role")
		p.hasMerged()
		o.hasMerged()
	})
}

// seesBoth checks that p is asked which of two answers to keep, and which of
// them is chosen.
func (p *person) seesBoth(question, theirs, mine string, mineChosen bool) {
	p.Helper()
	sees(p, p.words("merge.title"), "words(heading())")
	sees(p, !mineChosen, "option($0, $1).checked", p.label(question), p.words("merge.theirs")+" "+theirs)
	sees(p, mineChosen, "option($0, $1).checked", p.label(question), p.words("merge.mine")+" "+mine)
}

// hasMerged checks that the choice is what Back and Reload show. Without
// JavaScript the page to choose on is an answer to a post, and browsers ask
// before they send it once more, when somebody goes back that far.
func (p *person) hasMerged() {
	p.Helper()
	merged := sheet{"about", []answer{
		{"first_name", []string{"Zora"}}, {"last_name", []string{"Hurston"}}, {"pronouns", []string{"she"}},
	}}
	p.follow(p.words("nav.back"))
	p.isAt("about")
	p.has(merged)
	p.reload()
	p.has(merged)
	p.back()
	sees(p, p.path("/apply/role"), "location.pathname")
	if p.script {
		p.back()
		p.has(merged)
	}
}
