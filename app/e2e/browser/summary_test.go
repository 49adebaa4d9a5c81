//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// expectLeft waits until the summary says how many things are wrong, and names them.
func expectLeft(p *harness.Person, n int) {
	p.Helper()
	p.Expect(harness.NormalizeSpace(i18n.N(p.Lang, "error.summary", n)), "words(document.getElementById('summary-title'))")
	p.Expect(n, "summary().querySelectorAll('li a').length")
	p.Expect(true, "title().startsWith($0)", p.Words("error.prefix")+" ")
}

// expectNothingLeft waits until the summary is gone, and the title says nothing of errors.
func expectNothingLeft(p *harness.Person, title string) {
	p.Helper()
	p.Expect(false, "!!document.getElementById('summary-title')")
	p.Expect(true, "title().startsWith($0) && document.title === title()", title)
}

// The summary of errors shrinks with each that is mended, and the focus stays.
func TestTheSummaryShrinksAsErrorsAreMended(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:2], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		title := harness.Ask[string](p, "title()")
		p.Continue()
		p.ExpectErrors("about", 3)
		markPage(p)
		expectLeft(p, 3)

		p.AnswerAll(harness.Ada[0].Answers[0])
		p.Type(kb.Tab)
		expectLeft(p, 2)
		p.Expect("off", "summary().getAttribute('aria-live')") // but for the number
		p.Expect("polite", "document.getElementById('summary-title').getAttribute('aria-live')")

		email := p.Label("email")
		p.Fill(email, "nope") // which is wrong in another way
		p.Type(kb.Tab)
		p.Expect(true, "words(summary()).includes($0)", p.Words("problem.email_no_at"))
		expectLeft(p, 2)
		p.Fill(email, "ada@example.org")
		p.Type(kb.Tab)
		expectLeft(p, 1)
		p.Expect(true, "question($0).contains(document.activeElement)", p.Label("language"))

		p.Execute("question($0).focus()", p.Label("region"))
		p.Choose("region", "on")
		expectNothingLeft(p, title)
		p.Expect(true, "document.activeElement === question($0)", p.Label("region"))
		expectSamePage(p)
		p.Continue()
		p.ExpectSection("role")
	})
}

// An error goes with the answer that raised its question.
func TestTheSummaryForgetsAQuestionThatIsNotAskedAnyMore(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.FillIn(harness.Ada[0])
		p.ExpectSection("role")
		title := harness.Ask[string](p, "title()")
		p.Answer("roles", "patient", "other")
		p.Expect(true, "!!question($0)", p.Label("role_other"))
		p.Continue()
		p.ExpectErrors("role", 1)
		p.Untick("roles", "other")
		expectNothingLeft(p, title)
	})
}

// A tick mends the consent that is missing.
func TestTheSummaryOfTheCheckPageGoesWithTheConsent(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.StartDraft(4)
		p.Visit(p.Path("/apply/check"))
		p.ExpectSection("check")
		title := harness.Ask[string](p, "title()")
		p.ReadPage()
		p.Follow(p.Words("check.send"))
		p.ExpectErrors("check", 1)
		p.Click("box($0)", p.Consent(0))
		expectNothingLeft(p, title)
		p.Expect(0, "document.querySelectorAll('.wrong, [aria-invalid]').length")
		p.Expect(true, "document.activeElement === box($0)", p.Consent(0))
	})
}
