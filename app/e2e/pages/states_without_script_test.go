//go:build e2e

package pages

import (
	"testing"

	"joinery/app/e2e/harness"
)

// Pages for browsers without JavaScript are inspected in one.
func TestNoPageWithoutJavaScriptHasABarrier(t *testing.T) {
	harness.EveryWayAlone(t, harness.Ways[2:], func(p *harness.Person) {
		p.StartDraft(1)
		p.Visit(p.Path("/apply/role"))
		inspect(p, "role")
		p.Answer("roles", "other")
		p.Continue()
		p.Expect(p.Words("note.more"), "words(document.querySelector('[role=status]'))")
		inspect(p, "role, with another question")
		p.StartDraft(1)
		inspectConflict(p)
		p.StartDraft(4)
		inspectNotSaved(p)
		inspectAt(p, p.Path("/apply/check"), "check.title")
		p.Click("box($0)", p.Consent(0))
		p.ReadPage()
		p.Follow(p.Words("check.send"))
		p.Expect(p.Path("/apply/sent"), "location.pathname")
		inspect(p, "sent.waiting")
	})
}

// inspectNotSaved inspects the page of a section whose store fails on Continue.
func inspectNotSaved(p *harness.Person) {
	p.Tolerate = "status of 500"
	p.Visit(p.Path("/apply/about"))
	changeStore(p, "drafts.db", "ALTER TABLE drafts RENAME TO away")
	p.Continue()
	p.Expect(true, "words(summary()).includes($0)", p.Words("unsaved.title"))
	inspect(p, "about, not saved")
	changeStore(p, "drafts.db", "ALTER TABLE away RENAME TO drafts")
	p.Tolerate = ""
}
