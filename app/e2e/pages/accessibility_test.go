//go:build e2e

package pages

import (
	"encoding/json"
	"os"
	"slices"
	"sync"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"joinery/app/e2e/harness"
)

// axe is axe-core, which knows most of what the guidelines ask and a program can
// see.
var axe = sync.OnceValues(func() (string, error) {
	script, err := os.ReadFile("testdata/axe-core-4.14.1/axe.min.js")
	return string(script), err
})

// The rules are WCAG 2.2, A and AA, what axe-core knows of AAA, and what it takes
// for good practice. Letters are held to A and AA: mail programs colour them. In
// the dark only colours are checked, and in one language.
const (
	wcag        = `'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'`
	allRules    = wcag + `, 'wcag2aaa', 'best-practice'`
	colourRules = `'color-contrast', 'color-contrast-enhanced', 'link-in-text-block'`
)

// checkAxe fails the test for what axe-core finds on the page in a colour scheme.
func checkAxe(p *harness.Person, page, scheme, rules string) {
	p.Helper()
	script, err := axe()
	p.Must(err)
	p.Execute("if (!window.axe) {" + script + "}")
	harness.Call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	report, err := chromedp.Run(p.Ctx, chromedp.Evaluate[string](`
		axe.run(document, {runOnly: [`+rules+`], resultTypes: ['violations'], iframes: false}).
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
	if !slices.Contains(result.Passed, "color-contrast") && len(result.Violations) == 0 {
		p.Errorf("%s, %s: no text was looked at, only %q", page, scheme, result.Passed)
	}
	for _, v := range result.Violations {
		for _, n := range v.Nodes {
			p.Errorf("%s, %s: %s: %s\n%.300s\n%s", page, scheme, v.ID, v.Help, n.HTML, n.FailureSummary)
		}
	}
}
