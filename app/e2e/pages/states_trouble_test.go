//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestNoPageInTroubleHasABarrier(t *testing.T) {
	everyWayAlone(t, ways[:2], func(p *person) {
		p.looksAtWhatIsRefused()
		p.looksAtAStoreThatIsDown()
		p.looksAtAnInterruptedLine()
	})
}

// looksAtWhatIsRefused sends what no page of the site would send.
func (p *person) looksAtWhatIsRefused() {
	p.do(chromedp.Navigate("data:text/html,<h1>Elsewhere</h1>"))
	p.posts(p.path("/apply/about"), 0)
	sees(p, p.words("error.forbidden.title"), "words(heading())")
	p.isAccessible("error.forbidden")
	p.visit(p.path("/privacy"))
	p.posts(p.path("/privacy"), 0)
	sees(p, p.words("error.refused.title"), "words(heading())")
	p.isAccessible("error.refused")
	p.posts(p.path("/apply/about"), 70_000)
	sees(p, p.words("error.too_large.title"), "words(heading())")
	p.isAccessible("error.too_large")

	p.visit(p.path("/apply/about"))
	_, err := ask[bool](p, "question($0).value = 'x'.repeat(70000), true", p.label("first_name"))
	p.must(err)
	p.isInTrouble("nav.continue", "error.too_large.title")
	p.isAccessible("about, too much text")
}

// posts sends a form to a path, with a name that is so long.
func (p *person) posts(path string, length int) {
	p.Helper()
	p.turns(func() {
		_, err := ask[bool](p, `
			const form = document.body.appendChild(document.createElement('form'))
			form.method = 'post', form.action = $0
			form.append(Object.assign(document.createElement('textarea'), {name: 'first_name', value: 'x'.repeat($1)}))
			form.submit(), true`, p.base+path, length)
		p.must(err)
	})
}

// isInTrouble presses a button, and is told at the top of the form why that did
// nothing.
func (p *person) isInTrouble(button, title string) {
	p.Helper()
	p.press("button($0)", p.words(button))
	sees(p, p.words(title), "words(document.querySelector('#trouble h2'))")
}

func (p *person) looksAtAStoreThatIsDown() {
	p.tolerates = "status of 503"
	p.hasAnswered(4)
	p.visit(p.path("/apply/affiliations"))
	p.changes("drafts.db", "ALTER TABLE drafts RENAME TO away")
	p.answer(answer{"university", []string{"Université Laval"}})
	p.types(kb.Tab)
	p.isTold("saving.failed")
	p.isAccessible("affiliations, the last change is not saved")
	p.next()
	sees(p, true, "words(summary()).includes($0)", p.words("unsaved.title"))
	p.isAccessible("affiliations, not saved")
	p.shows(p.path("/apply/check"), "error.unavailable.title")
	p.changes("drafts.db", "ALTER TABLE away RENAME TO drafts")

	p.visit(p.path("/apply/check"))
	p.isAt("check")
	p.changes("drafts.db", "ALTER TABLE drafts RENAME TO away")
	p.press("box($0)", p.consent(0))
	p.reads()
	p.isInTrouble("check.send", "error.unavailable.title")
	p.isAccessible("check, not sent")
	p.changes("drafts.db", "ALTER TABLE away RENAME TO drafts")
}

func (p *person) looksAtAnInterruptedLine() {
	p.tolerates = "Failed to "
	p.visit(p.path("/apply/role"))
	p.isOffline(true)
	p.press("button($0)", p.words("nav.continue"))
	p.toldOffline(true)
	p.isOffline(false) // for what looks at the page, and may ask for it once more
	p.isAccessible("role, offline")
}
