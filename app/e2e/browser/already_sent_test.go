//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/i18n"
)

// A tab that was open while the application was sent in another is told so.
func TestAStaleTabIsToldThatTheApplicationWasSent(t *testing.T) {
	everyWayAlone(t, bothScripts, func(p *person) {
		elsewhere := p.hasAnswered(4)
		p.visit(p.path("/apply/about"))
		o := p.tab()
		o.visit(o.path("/apply/check"))
		o.isAt("check")
		elsewhere.apply()

		p.answer(answer{"pronouns", []string{"she"}})
		if p.script {
			p.types(kb.Tab)
			p.isTold("saving.sent")
		}
		p.next()
		sees(p, p.path("/apply/sent"), "location.pathname")
		sees(p, p.words("note.sent"), "words(document.querySelector('[role=status]'))")
		o.press("box($0)", o.consent(0))
		o.reads()
		o.follow(o.words("check.send"))
		sees(o, o.path("/apply/sent"), "location.pathname")
	})
}

func TestAButtonPressedTwiceDoesItsThingOnce(t *testing.T) {
	everyWayAlone(t, bothScripts, func(p *person) {
		p.hasAnswered(3)
		p.visit(p.path("/apply/interests"))
		for _, a := range ada[3].answers {
			p.answer(a)
		}
		p.followTwice(p.words("nav.continue"), p.path("/apply/interests"))
		p.isAt("check")
		p.press("box($0)", p.consent(0))
		p.reads()
		p.followTwice(p.words("check.send"), p.path("/apply/check"))
		sees(p, p.path("/apply/sent"), "location.pathname")
		sees(p, true, "title().startsWith($0)", p.words("sent.waiting.title"))
		p.lang = i18n.French // of the letters that were asked for
		p.opens("mail.confirm.subject")
		p.visit("/outbox")
		sees(p, 1, "document.querySelectorAll('main ul a').length")
	})
}
