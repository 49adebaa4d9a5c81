//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
)

// observer keeps what moves on a page by itself. What moves within half a second
// of a press or a key is what somebody has asked for; the browser knows.
const observer = `window.moved = []
new PerformanceObserver(list => moved.push(...list.getEntries().filter(e => !e.hadRecentInput))).observe({type: 'layout-shift', buffered: true})`

// devices are what people look at pages on.
var devices = map[string]emulation.SetDeviceMetricsOverrideParams{
	"phone":    {Width: 360, Height: 740, DeviceScaleFactor: 2, Mobile: true},
	"computer": {Width: 1280, Height: 900, DeviceScaleFactor: 1},
}

// Nothing moves by itself, neither while a page comes nor when htmx puts another
// one in its place long after the press.
func TestNothingMoves(t *testing.T) {
	t.Parallel()
	for name, screen := range devices {
		for _, w := range ways[:2] {
			t.Run(name+" "+w.name, func(t *testing.T) {
				t.Parallel()
				p := newPerson(t, theSite(t), w)
				call(p, emulation.SetDeviceMetricsOverride, screen)
				call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: observer})
				p.visit(p.path(""))
				p.isStill("the first page")
				p.follow(p.words("landing.start"))
				p.slowNetwork()
				for _, sheet := range ada {
					p.isStill(sheet.section)
					if sheet.section != "affiliations" { // where nothing has to be answered
						p.next()
						p.isStill(sheet.section + ", refused")
						p.visit(p.path("/apply/" + sheet.section)) // an error goes when it is mended, and what is below it moves up
					}
					for _, a := range sheet.answers {
						p.answer(a)
					}
					p.isStill(sheet.section + ", answered")
					p.next()
				}
				p.isAt("check")
				p.isStill("check")
			})
		}
	}
}

// isStill wants nothing to have moved since it was last asked.
func (p *person) isStill(where string) {
	p.Helper()
	sees(p, "complete", "document.readyState")
	moved, err := ask[string](p, `new Promise(done => requestAnimationFrame(() => setTimeout(() => done(moved.splice(0).flatMap(e =>
		e.sources.map(s => e.value.toFixed(4) + ' ' + (s.node?.nodeName ?? '') + '.' + (s.node?.className ?? '') + '#' + (s.node?.id ?? '') + ' from ' + [s.previousRect.x, s.previousRect.y] + ' to ' + [s.currentRect.x, s.currentRect.y])).join('; ')), 50)))`)
	p.must(err)
	if moved != "" {
		p.Errorf("on %s moves: %s", where, moved)
	}
}
