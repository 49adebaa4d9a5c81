//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/cdproto/page"

	"joinery/app/e2e/harness"
)

// fading keeps how many parts of the page fade in when it has come, by the browser and by
// htmx.
const fading = `window.faded = []
addEventListener('DOMContentLoaded', () => {
	faded.push(document.getAnimations().length)
	document.addEventListener('htmx:after:settle', e => e.target.id === 'page' && faded.push(document.getAnimations().length))
})`

// A page that htmx brings fades in, if motion is welcome. One that the browser loads does
// not.
func TestAPageComesGentlyWhereMotionIsWelcome(t *testing.T) {
	for motion, want := range map[string]string{"no-preference": "0,true", "reduce": "0,false"} {
		t.Run(motion, func(t *testing.T) {
			harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
				p.Prefer("prefers-reduced-motion", motion)
				harness.Call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fading})
				p.StartDraft(1)
				p.Visit(p.Path("/apply/about"))
				p.Continue()
				p.ExpectSection("role")
				p.Expect(want, "faded.map((n, i) => i ? n > 0 : n).join()")
			})
		})
	}
}
