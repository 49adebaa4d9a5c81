//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestADeletedDraftIsGone(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
		p.hasAnswered(2)
		o := p.tab()
		o.visit(o.path("/apply/about"))
		p.visit(p.path("/apply/about"))
		p.follow(p.words("draft.delete"))
		sees(p, p.words("delete.title"), "words(heading())")
		p.follow(p.words("delete.keep"))
		p.isAt("affiliations")
		p.follow(p.words("draft.delete"))
		p.follow(p.words("delete.button"))
		sees(p, p.path(""), "location.pathname")
		sees(p, p.words("note.deleted"), "words(document.querySelector('[role=status]'))")
		sees(p, false, "!!button($0)", p.words("landing.continue"))
		for range 4 { // through all that was shown
			p.back()
			sees(p, true, "!document.documentElement.outerHTML.includes('Zo') && ![...document.querySelectorAll('input')].some(i => i.value === 'Zoë')")
		}

		o.answer(answer{"pronouns", []string{"she"}})
		if o.script {
			o.types(kb.Tab)
			o.isTold("saving.gone")
		}
		o.next()
		o.isAt("role")
		sees(o, o.words("note.anew"), "words(document.querySelector('[role=status]'))")
		o.follow(o.words("nav.back"))
		o.hasAnswer(answer{"first_name", []string{"Zoë"}})
		o.hasAnswer(answer{"pronouns", []string{"she"}})
	})
}
