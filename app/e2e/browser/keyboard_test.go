//go:build e2e

package browser

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
	"joinery/app/form"
)

// A person without a mouse goes all the way, once in the light and once in the
// dark, and on each page once round.
func TestTheKeyboardIsEnough(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		if !p.Script {
			p.Prefer("prefers-color-scheme", "dark")
		}
		p.Visit(p.Path(""))
		skipToMain(p)
		p.ExpectTabOrder("landing")
		p.Enter(p.Words("landing.start"))
		for _, s := range harness.Ada {
			p.ExpectSection(s.Key)
			p.ExpectTabOrder(s.Key)
			if s.Key != "affiliations" { // of which Ada needs none
				p.Enter(p.Words("nav.continue"))
				followFirstError(p, s.Key+", refused")
			}
			for _, a := range s.Answers {
				answerByKey(p, a)
			}
			p.Enter(p.Words("nav.continue"))
		}
		p.ExpectSection("check")
		p.ExpectTabOrder("check")
		p.ReadPage()
		p.Enter(p.Words("check.send"))
		followFirstError(p, "check, refused")
		p.Type(" ")
		p.Expect(true, "box($0).checked", p.Consent(0))
		p.ReadPage()
		p.Enter(p.Words("check.send"))
		p.Expect(true, "title().startsWith($0)", p.Words("sent.waiting.title"))
		p.ExpectTabOrder("sent")
	})
}

// skipToMain goes past what stands on every page.
func skipToMain(p *harness.Person) {
	p.Helper()
	p.Type(kb.Tab)
	p.Expect(p.Words("nav.skip"), "words(document.activeElement)")
	p.ExpectFocusSeen("the way past the head")
	p.Type(kb.Enter)
	p.Expect("main", "document.activeElement.id")
	p.Type(kb.Tab)
	p.Expect(true, "document.activeElement === stops().find(e => document.getElementById('main').contains(e))")
}

// followFirstError follows the first link of the summary to the wrong answer.
func followFirstError(p *harness.Person, page string) {
	p.Helper()
	p.Expect(true, "document.activeElement === summary()")
	p.ExpectFocusSeen(page)
	p.ExpectTabOrder(page)
	p.TabTo("summary().querySelector('a')")
	p.Type(kb.Enter)
	p.Expect(true, "'#' + document.activeElement.id === summary().querySelector('a').hash")
	p.ExpectFocusSeen(page)
}

// answerByKey answers a question. The page that changes with the answer leaves
// the focus where it is.
func answerByKey(p *harness.Person, a harness.Answer) {
	p.Helper()
	question := p.Label(a.Question)
	switch harness.Form().Field(a.Question).Kind {
	case form.Radio, form.Checkboxes:
		for _, o := range harness.Form().Field(a.Question).OptionsIn(p.Lang) { // in their order there
			if slices.Contains(a.Values, o.Code) {
				unfoldByKey(p, question, p.OptionLabel(a.Question, o.Code))
				p.TabTo("option($0, $1)", question, p.OptionLabel(a.Question, o.Code))
				p.Type(" ")
			}
		}
	case form.Select:
		p.TabTo("question($0)", question)
		p.Choose(a.Question, a.Values[0])
	default:
		p.TabTo("question($0)", question)
		p.Type(a.Values[0])
	}
	p.ExpectAnswer(a.Question, a.Values...)
	p.Expect(0, "document.querySelectorAll('.htmx-request').length")
	p.Expect(true, "question($0).contains(document.activeElement)", question)
}

// unfoldByKey opens what an option of a question stands in, if that is folded, also above
// what has the focus.
func unfoldByKey(p *harness.Person, question, option string) {
	p.Helper()
	for harness.Ask[bool](p, "!!fold($0, $1)", question, option) {
		for harness.Ask[bool](p, "!!(document.activeElement.compareDocumentPosition(fold($0, $1)) & Node.DOCUMENT_POSITION_PRECEDING)", question, option) {
			p.Do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
		}
		p.TabTo("fold($0, $1)", question, option)
		p.Type(kb.Enter)
	}
}
