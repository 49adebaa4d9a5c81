//go:build e2e

package e2e

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// axe-core knows most of what the guidelines ask and a program can see.
var axe = sync.OnceValues(func() (string, error) {
	script, err := os.ReadFile("testdata/axe-core-4.14.1/axe.min.js")
	return string(script), err
})

// Rules are WCAG 2.2, A and AA, what axe-core knows of AAA, and what it takes for
// good practice. Letters are held to A and AA: their readers' programs colour them. What
// does not depend on colours need not be looked at in the dark, nor what does in
// both languages.
const (
	wcag        = `'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'`
	allRules    = wcag + `, 'wcag2aaa', 'best-practice'`
	colourRules = `'color-contrast', 'color-contrast-enhanced', 'link-in-text-block'`
)

// isAccessible fails the test for every barrier on the page as it is now: in
// light and in dark, to whoever hears it, and in every room there is for it. If
// pictures are wanted, it draws the page instead.
func (p *person) isAccessible(page string) {
	p.Helper()
	if shots != "" {
		p.isDrawn(page)
		return
	}
	p.isValid(page)
	if p.script { // axe-core would wait for ever otherwise
		p.passes(page, "light", allRules)
	}
	if p.script && p.lang == i18n.English {
		p.passes(page, "dark", colourRules)
	}
	p.makesSense(page)
	p.isRoomy(page)
}

// isSeenAt makes the window as wide as that.
func (p *person) isSeenAt(width int) {
	p.Helper()
	p.do(chromedp.EmulateViewport(int64(width), 900))
	sees(p, width, "innerWidth")
}

func (p *person) passes(page, scheme, rules string) {
	p.Helper()
	script, err := axe()
	p.must(err)
	_, err = ask[bool](p, "if (!window.axe) {"+script+"}; true")
	p.must(err)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	report, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`
		axe.run(document, {runOnly: [`+rules+`], resultTypes: ['violations'], iframes: false}).
		then(r => JSON.stringify({passed: r.passes.map(p => p.id), violations: r.violations}))`, chromedp.EvalAwaitPromise))
	p.must(err)
	var result struct {
		Passed     []string
		Violations []struct {
			ID, Help string
			Nodes    []struct{ HTML, FailureSummary string }
		}
	}
	p.must(json.Unmarshal([]byte(report), &result))
	if !slices.Contains(result.Passed, "color-contrast") && len(result.Violations) == 0 {
		p.Errorf("%s, %s: no text was looked at, only %q", page, scheme, result.Passed)
	}
	for _, v := range result.Violations {
		for _, n := range v.Nodes {
			p.Errorf("%s, %s: %s: %s\n%.300s\n%s", page, scheme, v.ID, v.Help, n.HTML, n.FailureSummary)
		}
	}
}

// shows visits a page, whose heading has that key in the catalogue, and looks at
// it. What else there is to know of it is its state.
func (p *person) shows(path, heading string, state ...string) {
	p.Helper()
	p.visit(path)
	sees(p, true, "words(heading()).includes($0)", p.words(heading))
	p.isAccessible(strings.Join(append([]string{strings.TrimSuffix(heading, ".title")}, state...), ", "))
}

func TestNoPageHasABarrier(t *testing.T) {
	t.Parallel()
	for _, w := range ways[:2] {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			s := newSettings(t, settings{"MAIL_PER_ADDRESS": "0"})
			startSite(t, s)
			p := newPerson(t, s, w)
			p.shows(p.path(""), "landing.title")
			p.isDrawn("landing, oddly", forced, large)
			p.shows(p.path("/privacy"), "privacy.title")
			p.shows("/outbox", "outbox.title", "empty")
			p.shows(p.path("/nowhere"), "error.not_found.title")
			p.shows(p.path("/confirm/nothing"), "link.mistyped.title")
			p.looksAtTheForm()
			p.looksAtTheConfirmation()
			p.looksAtAdvice()
			p.looksAtTheLongestAnswers()
		})
	}
}

func TestNoPageAboutADraftHasABarrier(t *testing.T) {
	t.Parallel()
	for _, w := range ways[:2] {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			s := newSettings(t, settings{"MAIL_PER_ADDRESS": "0"})
			startSite(t, s)
			newPerson(t, s, w).looksAtDrafts()
		})
	}
}

// looksAtTheForm goes through the form and looks at each page as it comes, when
// it is refused, and with all that can appear on it.
func (p *person) looksAtTheForm() {
	raising := map[string][]answer{
		"about": {{"region", []string{"outside"}}},
		"role":  {{"roles", []string{"other", "trainee", "clinician"}}},
		"interests": {
			{"expertise", []string{"other"}}, {"health_research", []string{"other"}}, {"por_research", []string{"other"}},
		},
	}
	mending := map[string][]answer{
		"about":        append([]answer{{"country", []string{"FR"}}}, ada[0].answers[:3]...),
		"role":         {{"role_other", []string{"Poet"}}, {"trainee_level", []string{"doctoral"}}},
		"affiliations": {{"university", []string{"Laval"}}},
		"interests": {
			{"expertise_other", []string{"A"}}, {"health_research_other", []string{"B"}}, {"por_research_other", []string{"C"}},
			{"goals", []string{"To meet."}},
		},
	}
	p.visit(p.path("/apply"))
	p.isAt("about")
	p.isAccessible("about, at first")
	p.visit(p.path("/apply/check"))
	sees(p, p.words("note.order"), "words(document.querySelector('[role=status]'))")
	for _, s := range ada {
		p.isAt(s.section)
		p.isAccessible(s.section)
		p.next()
		sees(p, true, "!!summary()")
		for _, a := range raising[s.section] {
			p.answer(a)
		}
		for _, a := range mending[s.section] { // all that was raised
			sees(p, true, "!!question($0)", p.label(a.question))
		}
		if s.section == "role" {
			p.isAccessible("role, with what its answer raises")
		}
		p.next()
		sees(p, true, "!!summary()")
		p.isAccessible(s.section + ", refused again")
		if s.section == "role" {
			p.isDrawn("role, refused again, oddly", forced, large)
		}
		for _, a := range mending[s.section] {
			p.answer(a)
		}
		// The error at the last question goes once it is left, the others have gone by themselves.
		sees(p, true, "document.querySelectorAll('.problem').length <= 1")
		p.isAccessible(s.section + ", mended")
		p.next()
	}
	p.isAt("check")
	p.isAccessible("check")
	p.isDrawn("check, oddly", forced, large, paper)
	p.shows(p.path(""), "landing.title", "with a draft")
	p.follow(p.words("landing.continue"))
	p.isAt("check")
	p.follow(p.words("check.send"))
	p.isRefused("check", 1)
	p.isAccessible("check, refused")
	p.shows(p.path("/apply/check?note=press"), "check.title", "press again")
	p.press("box($0)", p.consent(0))
	p.reads()
	p.follow(p.words("check.send"))
	sees(p, true, "title().startsWith($0)", p.words("sent.waiting.title"))
	p.isAccessible("sent")
}

// Letters allow no script, not even ours: each is looked at in an empty page.
func TestNoLetterHasABarrier(t *testing.T) {
	everyWay(t, ways[:2], func(p *person) {
		letters, err := mail.NewLetters(files, mail.Organization{Name: hub, Address: "1 Quay\nHarbour", Contact: "help@example.org", Colour: "#0b5550"})
		p.must(err)
		link := mail.Confirmation{Link: p.base + p.path("/confirm/handle-proof"), Code: "K7QMD4", Expires: time.Now(), End: time.Now()}
		confirm, err := letters.Confirm("ada@example.org", p.lang, link, time.Now())
		p.must(err)
		welcome, err := letters.Welcome("ada@example.org", p.lang, time.Now())
		p.must(err)
		draft := mail.Resumable{Saved: time.Now(), Ends: time.Now(), Link: p.base + p.path("/resume/proof"), Expires: time.Now()}
		resume, err := letters.Resume("ada@example.org", p.lang, []mail.Resumable{draft, draft}, time.Now())
		p.must(err)
		reminder, err := letters.Reminder("ada@example.org", p.lang, mail.Reminding{
			Saved: time.Now(), Ends: time.Now(), Continue: draft.Link, Delete: draft.Link + "/delete",
		}, time.Now())
		p.must(err)
		known := link
		known.Member = true
		toMember, err := letters.Confirm("ada@example.org", p.lang, known, time.Now())
		p.must(err)
		updated, err := letters.Updated("ada@example.org", p.lang, time.Now())
		p.must(err)
		for _, letter := range []mail.Letter{confirm, toMember, welcome, updated, resume, reminder} {
			p.do(chromedp.Navigate("about:blank"))
			_, err := ask[bool](p, "document.open(), document.write($0), document.close(), true", letter.HTML)
			p.must(err)
			sees(p, plain(letter.Subject), "title()")
			p.isDrawn("letter, " + string(letter.Kind))
			if shots == "" {
				p.passes(letter.Subject, "light", wcag)
			}
		}
	})
}
