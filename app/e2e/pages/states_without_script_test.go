//go:build e2e

package e2e

import (
	"testing"
)

// What is there for browsers without JavaScript only is looked at in one.
func TestNoPageWithoutJavaScriptHasABarrier(t *testing.T) {
	everyWayAlone(t, ways[2:], func(p *person) {
		p.hasAnswered(1)
		p.visit(p.path("/apply/role"))
		p.isAccessible("role")
		p.answer(answer{"roles", []string{"other"}})
		p.next()
		sees(p, p.words("note.more"), "words(document.querySelector('[role=status]'))")
		p.isAccessible("role, with another question")
		p.hasAnswered(4)
		p.shows(p.path("/apply/check"), "check.title")
		p.press("box($0)", p.consent(0))
		p.reads()
		p.follow(p.words("check.send"))
		sees(p, p.path("/apply/sent"), "location.pathname")
		p.isAccessible("sent.waiting")
		p.shows(p.path("/apply/sent?typing=1"), "sent.waiting.title", "typing")
	})
}
