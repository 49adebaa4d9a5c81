//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

func TestEnterContinues(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.AnswerAll(harness.Ada[0].Answers[0])
		p.WaitForPage(func() { p.Type(kb.Enter) })
		p.ExpectErrors("about", 2)
		for _, i := range []int{3, 1, 2} { // last a field in which Enter can be pressed
			p.AnswerAll(harness.Ada[0].Answers[i])
		}
		p.WaitForPage(func() { p.Type(kb.Enter) })
		p.ExpectSection("role")
	})
}

func TestTheLanguageSwitchKeepsWhatWasTyped(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		typed := []harness.Answer{harness.To("first_name", "Zoë"), harness.To("email", "nope")}
		p.AnswerAll(typed...)
		switchLanguage(p)
		p.ExpectSection("about")
		p.ExpectAnswers(append(typed, harness.To("language", string(p.Lang)))...) // the language follows
		p.FillIn(harness.Ada...)
		p.ExpectSection("check")
		p.Click("box($0)", p.Consent(1))
		switchLanguage(p)
		p.ExpectSection("check")
		p.Expect(true, "box($0).checked", p.Consent(1))
		p.Expect(false, "box($0).checked", p.Consent(0))
	})
}

// switchLanguage changes to the other language by the link on the page.
func switchLanguage(p *harness.Person) {
	p.Helper()
	to := p.Lang.Other()
	p.Follow(i18n.T(to, "lang.name"))
	p.Lang = to
	p.Expect(to.Tag(), "document.documentElement.lang")
}

func TestBackAndReloadShowTheLatestState(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		for i := range harness.Ada {
			p.FillIn(harness.Ada[i])
			p.Back()
			p.ExpectSection(harness.Ada[i].Key)
			p.ExpectAnswers(harness.Ada[i].Answers...)
			p.Reload()
			p.ExpectSection(harness.Ada[i].Key)
			p.ExpectAnswers(harness.Ada[i].Answers...)
			p.Continue()
		}
		p.ExpectSection("check")
		p.Reload()
		p.ExpectSection("check")
		for i := len(harness.Ada) - 1; i > 0; i-- {
			p.Back()
			p.ExpectSection(harness.Ada[i].Key)
		}
		p.Answer("roles", "manager")
		p.Continue()
		p.ExpectSection("affiliations")
		p.Back()
		p.ExpectSection("role")
		p.ExpectAnswer("roles", "patient", "researcher", "manager")
		p.Follow(p.Words("nav.back"))
		p.ExpectSection("about")
		p.ExpectAnswers(harness.Ada[0].Answers...)
	})
}

// A refused page has an address, which tells what is wrong now: after it is
// corrected, Back leads to the page and not to its refusal.
func TestBackAfterACorrectedPage(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.Continue()
		p.ExpectErrors("about", 3)
		p.Reload()
		p.ExpectErrors("about", 3)
		p.AnswerAll(harness.Ada[0].Answers...)
		p.Continue()
		p.ExpectSection("role")
		p.Back()
		p.ExpectSection("about")
		p.ExpectAnswers(harness.Ada[0].Answers...)
		p.Reload()
		p.ExpectSection("about")
		p.ExpectAnswers(harness.Ada[0].Answers...)
	})
}

// Answers that cannot be saved stay on the page, which says so.
func TestAnswersStayWhenTheDraftStoreIsDown(t *testing.T) {
	t.Parallel()
	for _, w := range harness.BothScripts {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			s := harness.NewSettings(t, harness.Settings{"REDIS_URL": "redis://" + harness.FreeAddr(t)})
			harness.StartUnreadySite(t, s)
			p := harness.NewPerson(t, s, w)
			p.Tolerate = "status of 503"
			p.Visit(p.Path("/apply/about"))
			markPage(p)
			p.AnswerAll(harness.Ada[0].Answers...)
			p.Continue()
			p.Expect(true, "words(summary()).includes($0)", p.Words("unsaved.title"))
			p.Expect(true, "document.activeElement === summary()")
			p.ExpectAnswers(harness.Ada[0].Answers...)
			expectSamePage(p)
		})
	}
}

func TestTheCountOfChoicesFollowsTicking(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:3], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.FillIn(harness.Ada[:1]...)
		p.ExpectSection("role")
		count := "words(document.getElementById('roles-count'))"
		p.Expect("", count)
		p.Answer("roles", "patient", "trainee")
		if !p.Script { // a count that stays behind is worse than none
			p.Expect("", count)
			return
		}
		p.Expect(i18n.N(p.Lang, "field.chosen", 2), count)
		p.Expect(true, "document.activeElement === option($0, $1)", p.Label("roles"), p.OptionLabel("roles", "trainee"))
	})
}
