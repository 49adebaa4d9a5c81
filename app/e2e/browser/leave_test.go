//go:build e2e

package browser

import (
	"testing"

	"joinery/app/e2e/harness"
)

// nothingOfZoe is the condition that a page shows nothing of the person before.
const nothingOfZoe = "!document.documentElement.outerHTML.includes('Zo') && ![...document.querySelectorAll('input')].some(i => i.value === 'Zoë')"

// TestBackAfterLeavingShowsNothing goes back through all that was shown to the person
// before, from the landing page and from the empty form.
func TestBackAfterLeavingShowsNothing(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		p.StartDraft(2)
		p.Visit(p.Path("/apply/about"))
		p.ExpectAnswer("first_name", "Zoë")
		p.Visit(p.Path(""))
		p.Follow(p.Words("landing.leave"))
		p.ExpectHeading("leave.title")
		p.Follow(p.Words("leave.button"))
		p.ExpectNote("note.left")
		p.Expect(false, "!!button($0)", p.Words("landing.continue"))
		for range 3 { // to the page for leaving, the landing page and the section
			p.Back()
			p.Expect(true, nothingOfZoe)
		}
		p.Visit(p.Path("/apply"))
		p.ExpectSection("about")
		p.ExpectAnswer("first_name", "")
		p.Back()
		p.Expect(true, nothingOfZoe)
	})
}
