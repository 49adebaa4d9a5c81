//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
)

func TestADeletedDraftIsGone(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		p.StartDraft(2)
		o := p.NewTab()
		o.Visit(o.Path("/apply/about"))
		p.Visit(p.Path("/apply/about"))
		p.Follow(p.Words("draft.delete"))
		p.ExpectHeading("delete.title")
		p.Follow(p.Words("delete.keep"))
		p.ExpectSection("interests")
		p.Follow(p.Words("draft.delete"))
		p.Follow(p.Words("delete.button"))
		p.Expect(p.Path(""), "location.pathname")
		p.ExpectNote("note.deleted")
		p.Expect(false, "!!button($0)", p.Words("landing.continue"))
		for range 4 { // through all that was shown
			p.Back()
			p.Expect(true, "!document.documentElement.outerHTML.includes('Zo') && ![...document.querySelectorAll('input')].some(i => i.value === 'Zoë')")
		}

		o.Answer("pronouns", "she")
		if o.Script {
			o.Type(kb.Tab)
			o.ExpectNotSaved("saving.not_held")
		}
		o.Continue()
		o.Expect(true, "words(summary()).includes($0)", o.Words("unsaved.not_held"))
		o.ExpectAnswer("first_name", "Zoë")
		o.ExpectAnswer("pronouns", "she")
	})
}
