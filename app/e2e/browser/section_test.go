//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

func TestARefusedSectionSaysWhatIsWrongAndKeepsWhatWasTyped(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		markPage(p)
		p.AnswerAll(harness.Ada[0].Answers[0])
		p.Answer("email", "nope")
		p.Continue()
		p.ExpectErrors("about", 2)
		p.ExpectAnswers(harness.Ada[0].Answers[0])
		p.ExpectAnswer("email", "nope")

		p.Click("[...summary().querySelectorAll('a')].at(-1)")
		p.Expect(true, "document.activeElement === question($0)", p.Label("region"))
		p.Expect(true, "document.activeElement.getAttribute('aria-invalid') === 'true'")
		p.AnswerAll(harness.Ada[0].Answers[1:]...)
		p.Continue()
		p.ExpectSection("role")

		p.Continue()
		p.ExpectErrors("role", 1)
		p.Click("summary().querySelector('a')")
		p.Expect(true, "document.activeElement === question($0).querySelector('input[type=checkbox]')", p.Label("roles"))
		expectSamePage(p)
	})
}

func TestAConditionalQuestionAppearsAtOnce(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.FillIn(harness.Ada[:1]...)
		p.ExpectSection("role")
		markPage(p)
		other := harness.To("roles", "other")
		p.AnswerAll(other)
		p.Expect(true, "!!question($0)", p.Label("role_other"))
		p.Expect(true, "document.activeElement === option($0, $1)", p.Label("roles"), p.OptionLabel("roles", "other"))
		p.Answer("role_other", "Poet")
		p.Answer("roles", "trainee") // raises another one beside it
		p.Expect(true, "!!question($0)", p.Label("trainee_level"))
		p.ExpectAnswer("role_other", "Poet")
		p.Untick("roles", "trainee")
		p.Expect(false, "!!question($0)", p.Label("trainee_level"))
		p.Continue()
		p.ExpectSection("interests")
		expectSamePage(p)
	})
}

func TestAConditionalQuestionAppearsAfterContinueWithoutJavaScript(t *testing.T) {
	harness.EveryWay(t, harness.Ways[3:], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.FillIn(harness.Ada[:1]...)
		p.ExpectSection("role")
		p.Answer("roles", "other")
		p.Expect(false, "!!question($0)", p.Label("role_other"))
		p.Continue()
		p.ExpectSection("role")
		p.ExpectNote("note.more")
		p.Answer("role_other", "Poet")
		p.Continue()
		p.ExpectSection("interests")
	})
}

func TestAnErrorGoesAwayWhenItIsCorrected(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.Continue()
		p.ExpectErrors("about", 3)
		markPage(p)
		email := p.Label("email")
		p.Fill(email, "nope")
		p.Type(kb.Tab)
		p.Expect(true, "words(question($0).closest('.field')).includes($1)", email, p.Words("problem.email_no_at"))
		p.Expect(true, "question($0).getAttribute('aria-invalid') === 'true'", email)
		p.Fill(email, "ada@example.org")
		p.Type(kb.Tab)
		p.Expect(false, "question($0).hasAttribute('aria-invalid')", email)
		p.Expect(false, "words(question($0).closest('.field')).includes($1)", email, p.Words("problem.email_no_at"))
		p.Expect(true, "question($0).contains(document.activeElement)", p.Label("language"))
		p.Expect(true, "question($0).getAttribute('aria-invalid') === 'true'", p.Label("region"))
		expectSamePage(p)
	})
}

// Of several questions one must be answered: any of them corrects the error.
func TestAnErrorGoesAwayWhenAnotherQuestionCorrectsIt(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.FillIn(harness.Ada[0])
		p.ExpectSection("role")
		p.Answer("roles", "researcher")
		p.Continue()
		p.ExpectSection("affiliations")
		p.Continue()
		p.ExpectErrors("affiliations", 1)
		p.Expect(true, "question($0).hasAttribute('aria-invalid')", p.Label("university"))
		p.Answer("affiliation_other", "A society")
		p.Type(kb.Tab)
		p.Expect(false, "question($0).hasAttribute('aria-invalid')", p.Label("university"))
	})
}

// Ticking with the keyboard must not lose the place when the error goes.
func TestCorrectingAGroupKeepsTheFocus(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.FillIn(harness.Ada[:1]...)
		p.Continue()
		p.ExpectErrors("role", 1)
		roles, patient := p.Label("roles"), p.OptionLabel("roles", "patient")
		p.Execute("option($0, $1).focus()", roles, patient)
		p.Type(" ")
		p.Expect(false, "question($0).hasAttribute('aria-invalid')", roles)
		p.Expect(true, "option($0, $1).checked", roles, patient)
		p.Expect(true, "document.activeElement === option($0, $1)", roles, patient)
	})
}

// Typing the first letters of a choice must not have the list replaced after the
// first of them.
func TestCorrectingAListDoesNotInterruptTyping(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.Continue()
		p.ExpectErrors("about", 3)
		region := p.Label("region")
		p.Execute("question($0).focus()", region)
		p.Execute("window.list = document.activeElement")
		p.Type("N") // New Brunswick
		p.Expect(false, "question($0).hasAttribute('aria-invalid')", region)
		p.Expect(true, "question($0) === list && document.activeElement === list", region)
		p.ExpectAnswer("region", "nb")
	})
}

// A person who comes back to a field while it is being checked goes on typing.
func TestCorrectingAFieldKeepsWhatIsTypedMeanwhile(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.Continue()
		p.ExpectErrors("about", 3)
		p.SlowDown()
		email := p.Label("email")
		p.Fill(email, "ada@example.or")
		p.Type(kb.Tab)
		p.Click("question($0)", email)
		p.Type(kb.End + "g")
		p.Expect(false, "question($0).hasAttribute('aria-invalid')", email)
		p.ExpectAnswer("email", "ada@example.org")
		p.Type("x")
		p.ExpectAnswer("email", "ada@example.orgx")
	})
}

// The same goes for a question that another one has raised.
func TestAnotherQuestionDoesNotInterruptTyping(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.FillIn(harness.Ada[:1]...)
		p.ExpectSection("role")
		p.Answer("roles", "other")
		p.Fill(p.Label("role_other"), "Poe")
		p.SlowDown()
		p.Answer("roles", "trainee")
		p.Click("question($0)", p.Label("role_other"))
		p.Type(kb.End + "t")
		p.Expect(true, "!!question($0)", p.Label("trainee_level"))
		p.Type("ry")
		p.ExpectAnswer("role_other", "Poetry")
	})
}

// A click takes the focus from a field that has just been corrected. Its error
// goes, which moves the page, but not from under the mouse.
func TestOneClickIsEnoughWhileAnErrorGoes(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.FillIn(harness.Ada[:1]...)
		p.ExpectSection("role")
		p.Answer("roles", "other", "trainee")
		p.Expect(true, "!!question($0)", p.Label("trainee_level"))
		p.Continue()
		p.ExpectErrors("role", 2)
		p.Answer("role_other", "Poet")
		level := harness.To("trainee_level", "doctoral")
		clickSlowly(p, "option($0, $1)", p.Label("trainee_level"), p.OptionLabel("trainee_level", "doctoral"))
		p.ExpectAnswers(level)
		for _, question := range []string{"role_other", "trainee_level"} {
			p.Expect(false, "question($0).hasAttribute('aria-invalid')", p.Label(question))
		}
		p.Answer("role_other", "")
		p.Continue()
		p.ExpectErrors("role", 1)
		p.Answer("role_other", "Poet")
		clickSlowly(p, "button($0)", p.Words("nav.continue"))
		p.ExpectSection("affiliations")
	})
}

// clickSlowly holds the mouse down for as long as people do.
func clickSlowly(p *harness.Person, expression string, args ...any) {
	p.Helper()
	at := p.Locate(expression, args...)
	p.Execute("window.down = performance.now()")
	p.Do(chromedp.MouseEvent(chromedp.MousePressed, at[0], at[1], chromedp.ButtonLeft, chromedp.ClickCount(1)))
	p.Expect(true, "performance.now() > down + 100")
	p.Do(chromedp.MouseEvent(chromedp.MouseReleased, at[0], at[1], chromedp.ButtonLeft, chromedp.ClickCount(1)))
}

func TestTheCharacterCountFollowsTyping(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.FillIn(harness.Ada[:3]...)
		p.ExpectSection("interests")
		markPage(p)
		count := "words(document.getElementById('goals-count'))"
		want := func(n int) string { return harness.NormalizeSpace(i18n.N(p.Lang, "field.count", n, 1000)) }
		p.Expect(want(0), count)
		p.Answer("goals", "Meet")
		p.Expect(want(4), count)
		p.Type("é😀")
		p.Expect(want(6), count)
		p.ExpectAnswer("goals", "Meeté😀")
		p.Expect(true, "document.activeElement === question($0)", p.Label("goals"))
		expectSamePage(p)
	})
}
