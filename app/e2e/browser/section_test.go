//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestARefusedSectionSaysWhatIsWrongAndKeepsWhatWasTyped(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
		p.visit(p.path("/apply/about"))
		p.mark()
		p.answer(ada[0].answers[0])
		p.answer(answer{"email", []string{"nope"}})
		p.next()
		p.isRefused("about", 3)
		p.hasAnswer(ada[0].answers[0])
		p.hasAnswer(answer{"email", []string{"nope"}})

		p.press("[...summary().querySelectorAll('a')].at(-1)")
		sees(p, true, "document.activeElement === question($0)", p.label("region"))
		sees(p, true, "document.activeElement.getAttribute('aria-invalid') === 'true'")
		for _, a := range ada[0].answers[1:] {
			p.answer(a)
		}
		p.next()
		p.isAt("role")

		p.next()
		p.isRefused("role", 1)
		p.press("summary().querySelector('a')")
		sees(p, true, "document.activeElement === question($0).querySelector('input[type=checkbox]')", p.label("roles"))
		p.staysOnItsPage()
	})
}

func TestAConditionalQuestionAppearsAtOnce(t *testing.T) {
	everyWay(t, ways[1:2], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.walk(ada[:1])
		p.isAt("role")
		p.mark()
		other := answer{"roles", []string{"other"}}
		p.answer(other)
		sees(p, true, "!!question($0)", p.label("role_other"))
		sees(p, true, "document.activeElement === option($0, $1)", p.label("roles"), p.optionLabel("roles", "other"))
		p.answer(answer{"role_other", []string{"Poet"}})
		p.answer(answer{"roles", []string{"trainee"}}) // raises another one beside it
		sees(p, true, "!!question($0)", p.label("trainee_level"))
		p.hasAnswer(answer{"role_other", []string{"Poet"}})
		p.press("option($0, $1)", p.label("roles"), p.optionLabel("roles", "trainee"))
		sees(p, false, "!!question($0)", p.label("trainee_level"))
		p.next()
		p.isAt("affiliations")
		p.staysOnItsPage()
	})
}

func TestAConditionalQuestionAppearsAfterContinueWithoutJavaScript(t *testing.T) {
	everyWay(t, ways[3:], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.walk(ada[:1])
		p.isAt("role")
		p.answer(answer{"roles", []string{"other"}})
		sees(p, false, "!!question($0)", p.label("role_other"))
		p.next()
		p.isAt("role")
		sees(p, p.words("note.more"), "words(document.querySelector('[role=status]'))")
		p.answer(answer{"role_other", []string{"Poet"}})
		p.next()
		p.isAt("affiliations")
	})
}

func TestAnErrorGoesAwayWhenItIsMended(t *testing.T) {
	everyWay(t, ways[1:2], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.next()
		p.isRefused("about", 4)
		p.mark()
		email := p.label("email")
		p.fill(email, "nope")
		p.types(kb.Tab)
		sees(p, true, "words(question($0).closest('.field')).includes($1)", email, p.words("problem.email"))
		sees(p, true, "question($0).getAttribute('aria-invalid') === 'true'", email)
		p.fill(email, "ada@example.org")
		p.types(kb.Tab)
		sees(p, false, "question($0).hasAttribute('aria-invalid')", email)
		sees(p, false, "words(question($0).closest('.field')).includes($1)", email, p.words("problem.email"))
		sees(p, true, "question($0).contains(document.activeElement)", p.label("language"))
		sees(p, true, "question($0).getAttribute('aria-invalid') === 'true'", p.label("last_name"))
		p.staysOnItsPage()
	})
}

// Of several questions one must be answered: any of them mends the error.
func TestAnErrorGoesAwayWhenAnotherQuestionMendsIt(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.walk([]sheet{ada[0], {"role", []answer{{"roles", []string{"researcher"}}}}})
		p.next()
		p.isRefused("affiliations", 1)
		sees(p, true, "question($0).hasAttribute('aria-invalid')", p.label("university"))
		p.answer(answer{"affiliation_other", []string{"A society"}})
		p.types(kb.Tab)
		sees(p, false, "question($0).hasAttribute('aria-invalid')", p.label("university"))
	})
}

// Who ticks with the keyboard must not lose the place when the error goes.
func TestMendingAGroupKeepsTheFocus(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.walk(ada[:1])
		p.next()
		p.isRefused("role", 1)
		roles, patient := p.label("roles"), p.optionLabel("roles", "patient")
		_, err := ask[bool](p, "option($0, $1).focus(), true", roles, patient)
		p.must(err)
		p.types(" ")
		sees(p, false, "question($0).hasAttribute('aria-invalid')", roles)
		sees(p, true, "option($0, $1).checked", roles, patient)
		sees(p, true, "document.activeElement === option($0, $1)", roles, patient)
	})
}

// Who types the first letters of a choice must not have the list replaced after
// the first of them.
func TestMendingAListDoesNotInterruptTyping(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.next()
		p.isRefused("about", 4)
		region := p.label("region")
		_, err := ask[bool](p, "question($0).focus(), true", region)
		p.must(err)
		p.types("N") // New Brunswick
		sees(p, false, "question($0).hasAttribute('aria-invalid')", region)
		p.types("ov") // not Ontario
		p.hasAnswer(answer{"region", []string{"ns"}})
	})
}

// Who comes back to a field while it is being checked goes on typing.
func TestMendingAFieldKeepsWhatIsTypedMeanwhile(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.next()
		p.isRefused("about", 4)
		p.slowNetwork()
		email := p.label("email")
		p.fill(email, "ada@example.or")
		p.types(kb.Tab)
		p.press("question($0)", email)
		p.types(kb.End + "g")
		sees(p, false, "question($0).hasAttribute('aria-invalid')", email)
		p.hasAnswer(answer{"email", []string{"ada@example.org"}})
		p.types("x")
		p.hasAnswer(answer{"email", []string{"ada@example.orgx"}})
	})
}

// The same goes for a question that another one has raised.
func TestAnotherQuestionDoesNotInterruptTyping(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.walk(ada[:1])
		p.isAt("role")
		p.answer(answer{"roles", []string{"other"}})
		p.fill(p.label("role_other"), "Poe")
		p.slowNetwork()
		p.answer(answer{"roles", []string{"trainee"}})
		p.press("question($0)", p.label("role_other"))
		p.types(kb.End + "t")
		sees(p, true, "!!question($0)", p.label("trainee_level"))
		p.types("ry")
		p.hasAnswer(answer{"role_other", []string{"Poetry"}})
	})
}

// Pressing something takes the focus from a field that has just been mended. Its
// error goes, which moves the page, but not from under the pressed mouse.
func TestOnePressIsEnoughWhileAnErrorGoes(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.walk(ada[:1])
		p.isAt("role")
		p.answer(answer{"roles", []string{"other", "trainee"}})
		sees(p, true, "!!question($0)", p.label("trainee_level"))
		p.next()
		p.isRefused("role", 2)
		p.answer(answer{"role_other", []string{"Poet"}})
		level := answer{"trainee_level", []string{"doctoral"}}
		p.pressLong("option($0, $1)", p.label("trainee_level"), p.optionLabel("trainee_level", "doctoral"))
		p.hasAnswer(level)
		for _, question := range []string{"role_other", "trainee_level"} {
			sees(p, false, "question($0).hasAttribute('aria-invalid')", p.label(question))
		}
		p.answer(answer{"role_other", []string{""}})
		p.next()
		p.isRefused("role", 1)
		p.answer(answer{"role_other", []string{"Poet"}})
		p.pressLong("button($0)", p.words("nav.continue"))
		p.isAt("affiliations")
	})
}

// pressLong presses for as long as people do.
func (p *person) pressLong(expression string, args ...any) {
	p.Helper()
	at := p.find(expression, args...)
	_, err := ask[float64](p, "window.down = performance.now()")
	p.must(err)
	p.do(chromedp.MouseEvent(chromedp.MousePressed, at[0], at[1], chromedp.ButtonLeft, chromedp.ClickCount(1)))
	sees(p, true, "performance.now() > down + 100")
	p.do(chromedp.MouseEvent(chromedp.MouseReleased, at[0], at[1], chromedp.ButtonLeft, chromedp.ClickCount(1)))
}

func TestTheCharacterCountFollowsTyping(t *testing.T) {
	everyWay(t, ways[1:2], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.walk(ada[:3])
		p.isAt("interests")
		p.mark()
		count := "words(document.getElementById('goals-count'))"
		sees(p, p.count(0), count)
		p.answer(answer{"goals", []string{"Meet"}})
		sees(p, p.count(4), count)
		p.types("é😀")
		sees(p, p.count(6), count)
		p.hasAnswer(answer{"goals", []string{"Meeté😀"}})
		sees(p, true, "document.activeElement === question($0)", p.label("goals"))
		p.staysOnItsPage()
	})
}
