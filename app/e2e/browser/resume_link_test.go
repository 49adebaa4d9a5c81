//go:build e2e

package browser

import (
	"testing"

	"joinery/app/e2e/harness"
)

func TestAMailedLinkTakesTwoClicks(t *testing.T) {
	harness.EveryWayAlone(t, harness.BothScripts, func(p *harness.Person) {
		p.StartDraft(2)
		link := p.MailResumeLink()
		o := p.NewBrowser()
		for range 2 { // looking at the page does nothing
			o.Visit(link)
			o.ExpectHeading("resume.open.title")
		}
		followTwice(o, o.Words("landing.continue"), link)
		o.ExpectSection("interests")
		o.Back()
		o.ExpectSection("interests")
	})
}
