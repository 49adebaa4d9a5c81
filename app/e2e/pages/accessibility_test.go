//go:build e2e

package pages

import (
	"encoding/json"
	"os"
	"slices"
	"sync"

	"github.com/chromedp/chromedp"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// axe is axe-core, which knows most of what the guidelines ask and a program can
// see.
var axe = sync.OnceValues(func() (string, error) {
	script, err := os.ReadFile("testdata/axe-core-4.14.1/axe.min.js")
	return string(script), err
})

// The rules are WCAG 2.2, A and AA, what axe-core knows of AAA, and what it takes
// for good practice. Letters are held to A and AA: mail programs colour them.
// Colours are those of the style sheet, whatever the language: they are checked in
// English, in light and in dark, on every page with a text that looks like none before.
const (
	wcag        = `'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'`
	allRules    = wcag + `, 'wcag2aaa', 'best-practice'`
	colourRules = `'color-contrast', 'color-contrast-enhanced', 'link-in-text-block'`
)

// checkAxe fails the test for what axe-core finds on the page.
func checkAxe(p *harness.Person, page string) {
	p.Helper()
	except := colourRules
	if p.Lang == i18n.English && hasNewLook(p, "light") {
		except = ""
	}
	runAxe(p, page, "light", allRules, except)
	if p.Lang == i18n.English && hasNewLook(p, "dark") {
		runAxe(p, page, "dark", colourRules, "")
	}
}

// runAxe fails the test for what axe-core finds on the page in a colour scheme by
// some of the rules, but not by others.
func runAxe(p *harness.Person, page, scheme, rules, except string) {
	p.Helper()
	loadAxe(p)
	p.Prefer("prefers-color-scheme", scheme)
	report, err := chromedp.Run(p.Ctx, chromedp.Evaluate[string](`
		axe.run(document, {runOnly: [`+rules+`], rules: Object.fromEntries([`+except+`].map(r => [r, {enabled: false}])),
			resultTypes: ['violations'], iframes: false, preload: false, selectors: false}).
		then(r => JSON.stringify({passed: r.passes.map(p => p.id), violations: r.violations}))`, chromedp.EvalAwaitPromise))
	p.Must(err)
	var result struct {
		Passed     []string
		Violations []struct {
			ID, Help string
			Nodes    []struct{ HTML, FailureSummary string }
		}
	}
	p.Must(json.Unmarshal([]byte(report), &result))
	looked := "color-contrast"
	if except != "" {
		looked = "html-has-lang"
	}
	if !slices.Contains(result.Passed, looked) && len(result.Violations) == 0 {
		p.Errorf("%s, %s: nothing was looked at, only %q", page, scheme, result.Passed)
	}
	for _, v := range result.Violations {
		for _, n := range v.Nodes {
			p.Errorf("%s, %s: %s: %s\n%.300s\n%s", page, scheme, v.ID, v.Help, n.HTML, n.FailureSummary)
		}
	}
}

// loadAxe has the page run axe-core, once.
func loadAxe(p *harness.Person) {
	p.Helper()
	if harness.Ask[bool](p, "!!window.axe") {
		return
	}
	script, err := axe()
	p.Must(err)
	p.Execute(script)
}
