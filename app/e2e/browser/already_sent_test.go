//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// A tab that was open while the application was sent in another is told so.
func TestAStaleTabIsToldThatTheApplicationWasSent(t *testing.T) {
	harness.EveryWayAlone(t, harness.BothScripts, func(p *harness.Person) {
		elsewhere := p.StartDraft(4)
		p.Visit(p.Path("/apply/about"))
		o := p.NewTab()
		o.Visit(o.Path("/apply/check"))
		o.ExpectSection("check")
		elsewhere.Apply()

		p.Answer("pronouns", "she")
		if p.Script {
			p.Type(kb.Tab)
			p.ExpectNotSaved("saving.sent")
		}
		p.Continue()
		p.Expect(p.Path("/apply/sent"), "location.pathname")
		p.ExpectNote("note.sent")
		o.Click("box($0)", o.Consent(0))
		o.ReadPage()
		o.Follow(o.Words("check.send"))
		o.Expect(o.Path("/apply/sent"), "location.pathname")
	})
}

func TestAButtonClickedTwiceActsOnce(t *testing.T) {
	harness.EveryWayAlone(t, harness.BothScripts, func(p *harness.Person) {
		p.StartDraft(3)
		p.Visit(p.Path("/apply/interests"))
		p.AnswerAll(harness.Ada[3].Answers...)
		followTwice(p, p.Words("nav.continue"), p.Path("/apply/interests"))
		p.ExpectSection("check")
		p.Click("box($0)", p.Consent(0))
		p.ReadPage()
		followTwice(p, p.Words("check.send"), p.Path("/apply/check"))
		p.Expect(p.Path("/apply/sent"), "location.pathname")
		p.Expect(true, "title().startsWith($0)", p.Words("sent.waiting.title"))
		p.Lang = i18n.French // of the letters that were asked for
		p.OpenLetter("mail.confirm.subject")
		p.Visit("/outbox")
		p.Expect(1, "document.querySelectorAll('main ul a').length")
	})
}
