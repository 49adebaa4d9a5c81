//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/i18n"
)

func TestEnterContinues(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
		p.visit(p.path("/apply/about"))
		p.answer(ada[0].answers[0])
		p.turns(func() { p.types(kb.Enter) })
		p.isRefused("about", 3)
		for _, i := range []int{3, 1, 2} { // last a field in which Enter can be pressed
			p.answer(ada[0].answers[i])
		}
		p.turns(func() { p.types(kb.Enter) })
		p.isAt("role")
	})
}

func TestTheLanguageSwitchKeepsWhatWasTyped(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		typed := []answer{{"first_name", []string{"Zoë"}}, {"email", []string{"nope"}}}
		for _, a := range typed {
			p.answer(a)
		}
		p.switchLanguage()
		p.isAt("about")
		for _, a := range append(typed, answer{"language", []string{string(p.lang)}}) { // it follows
			p.hasAnswer(a)
		}
		p.walk(ada)
		p.isAt("check")
		p.press("box($0)", p.consent(1))
		p.switchLanguage()
		p.isAt("check")
		sees(p, true, "box($0).checked", p.consent(1))
		sees(p, false, "box($0).checked", p.consent(0))
	})
}

func (p *person) switchLanguage() {
	p.Helper()
	to := p.lang.Other()
	p.follow(i18n.T(to, "lang.name"))
	p.lang = to
	sees(p, to.Tag(), "document.documentElement.lang")
}

func TestBackAndReloadShowTheLatestState(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
		p.visit(p.path("/apply/about"))
		for i := range ada {
			p.walk(ada[i : i+1])
			p.back()
			p.isAt(ada[i].section)
			p.has(ada[i])
			p.reload()
			p.isAt(ada[i].section)
			p.has(ada[i])
			p.next()
		}
		p.isAt("check")
		p.reload()
		p.isAt("check")
		for i := len(ada) - 1; i > 0; i-- {
			p.back()
			p.isAt(ada[i].section)
		}
		p.answer(answer{"roles", []string{"manager"}})
		p.next()
		p.isAt("affiliations")
		p.back()
		p.isAt("role")
		p.hasAnswer(answer{"roles", []string{"patient", "citizen", "manager"}})
		p.follow(p.words("nav.back"))
		p.isAt("about")
		p.has(ada[0])
	})
}

func (p *person) has(s sheet) {
	p.Helper()
	for _, a := range s.answers {
		p.hasAnswer(a)
	}
}

// What is wrong with a page has an address, which tells what is wrong now:
// after it is mended, Back leads to the page and not to its refusal.
func TestBackAfterAMendedPage(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
		p.visit(p.path("/apply/about"))
		p.next()
		p.isRefused("about", 4)
		p.reload()
		p.isRefused("about", 4)
		for _, a := range ada[0].answers {
			p.answer(a)
		}
		p.next()
		p.isAt("role")
		p.back()
		p.isAt("about")
		p.has(ada[0])
		p.reload()
		p.isAt("about")
		p.has(ada[0])
	})
}

// Answers that cannot be saved stay on the page, which says so.
func TestAnswersStayWhenTheDraftStoreIsDown(t *testing.T) {
	t.Parallel()
	for _, w := range bothScripts {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			s := newSettings(t, settings{"REDIS_URL": "redis://" + freeAddr(t)})
			startSiteUnready(t, s)
			p := newPerson(t, s, w)
			p.tolerates = "status of 503"
			p.visit(p.path("/apply/about"))
			p.mark()
			for _, a := range ada[0].answers {
				p.answer(a)
			}
			p.next()
			sees(p, true, "words(summary()).includes($0)", p.words("unsaved.title"))
			sees(p, true, "document.activeElement === summary()")
			p.has(ada[0])
			p.staysOnItsPage()
			if p.script {
				p.isAccessible("not saved")
			} else {
				p.isValid("not saved")
			}
		})
	}
}

func TestTheCountOfChoicesFollowsTicking(t *testing.T) {
	everyWay(t, ways[1:3], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.walk(ada[:1])
		p.isAt("role")
		count := "words(document.getElementById('roles-count'))"
		sees(p, "", count)
		p.answer(answer{"roles", []string{"patient", "trainee"}})
		if !p.script { // a count that stays behind is worse than none
			sees(p, "", count)
			return
		}
		sees(p, i18n.N(p.lang, "field.chosen", 2), count)
		sees(p, true, "document.activeElement === option($0, $1)", p.label("roles"), p.optionLabel("roles", "trainee"))
	})
}
