//go:build e2e

package e2e

import (
	"errors"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/i18n"
)

// saving is the line that says whether what is typed is saved.
const saving = "words(document.getElementById('saving'))"

// begins waits until the text that an expression finds begins like the words
// under a key in the catalogue, before what is put into them.
func (p *person) begins(key, expression string) {
	p.Helper()
	words, _, _ := strings.Cut(i18n.T(p.lang, key, "\x00", "\x00"), "\x00")
	sees(p, true, expression+"?.startsWith($0)", plain(words))
}

// isTold waits until the page says why the last change is not saved.
func (p *person) isTold(key string) {
	p.Helper()
	sees(p, p.words(key)+" "+p.words("error.typed"), "words(document.querySelector('#saving [role=alert]'))")
}

// findsSaved looks at a section again and again until it has a.
func (p *person) findsSaved(section string, a answer) {
	p.Helper()
	eventually(p.T, a.question+" is saved", func() error {
		p.visit(p.path("/apply/" + section))
		got, err := ask[string](p, "question($0).value", p.label(a.question))
		if err == nil && got != a.values[0] {
			err = errors.New("it is " + got)
		}
		return err
	})
}

func TestWhatIsTypedIsSavedWithoutContinue(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		p.begins("section.kept", "words(document.querySelector('p.kept'))")
		p.mark()
		changed := []answer{{"first_name", []string{"Zoë"}}, {"email", []string{"nope"}}}
		for _, a := range changed {
			p.answer(a)
			p.types(kb.Tab)
		}
		sees(p, p.words("saving.quietly"), saving)
		sees(p, true, "question($0).contains(document.activeElement)", p.label("language"))
		sees(p, 0, "[...document.querySelectorAll('[role=alert], [role=status]')].filter(e => visible(e) && words(e)).length")
		p.staysOnItsPage()

		o := p.tab()
		for _, a := range changed {
			o.findsSaved("about", a)
		}
		unfinished := answer{"last_name", []string{"O’Neil"}}
		p.answer(unfinished) // and the focus stays in it
		o.findsSaved("about", unfinished)
		sees(p, true, "document.activeElement === question($0)", p.label("last_name"))
		p.reload()
		for _, a := range append(changed, unfinished) {
			p.hasAnswer(a)
		}
	})
}

// Continue does not wait for a quiet save under way, which cannot undo later
// what Continue has saved.
func TestALateQuietSaveDoesNotUndoContinue(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.visit(p.path("/apply/about"))
		held := p.holds("/*/save", fetch.RequestStageRequest)
		for _, text := range []string{"Adda", "Ada"} {
			p.answer(answer{"first_name", []string{text}})
			p.types(kb.Tab)
		}
		late := held.next(p.T)
		for _, a := range ada[0].answers {
			p.answer(a)
		}
		p.next()
		p.isAt("role")
		p.letsGo()
		if status := p.delivers(late); status != 409 {
			p.Errorf("the site answers with %d to a save that comes late, want 409", status)
		}
		p.back()
		p.has(ada[0])
	})
}

func TestWhoIsOfflineIsToldAndLosesNothing(t *testing.T) {
	everyWay(t, ways[1:2], func(p *person) {
		p.tolerates = "Failed to "
		p.visit(p.path("/apply/about"))
		p.mark()
		p.answer(ada[0].answers[0])
		p.isOffline(true)
		p.types(kb.Tab)
		p.toldOffline(true)
		p.isOffline(false)
		for _, a := range ada[0].answers[1:] {
			p.answer(a)
		}
		p.toldOffline(false)
		sees(p, p.words("saving.quietly"), saving)

		p.isOffline(true)
		p.press("button($0)", p.words("nav.continue"))
		p.toldOffline(true)
		p.has(ada[0])
		p.isOffline(false)
		p.next()
		p.isAt("role")
		p.toldOffline(false)
		p.staysOnItsPage()
	})
}

func (p *person) isOffline(offline bool) {
	p.Helper()
	p.network(network.Conditions{Offline: offline})
}

func (p *person) toldOffline(told bool) {
	p.Helper()
	sees(p, told, "[...document.querySelectorAll('[role=alert]')].some(e => visible(e) && words(e) === $0)", p.words("saving.offline"))
}
