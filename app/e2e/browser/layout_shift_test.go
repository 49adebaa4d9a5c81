//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"

	"joinery/app/e2e/harness"
)

// observer keeps what moves on a page by itself. What moves within half a second
// of a click or a key was asked for; the browser knows.
const observer = `window.moved = []
const place = r => [r.x, r.y, r.width, r.height].join()
window.describe = e => e.value.toFixed(4) + ' after ' + Math.round(e.startTime) + ' ms: ' + e.sources.map(s =>
	(s.node ? s.node.nodeName + '.' + s.node.className + '#' + s.node.id : 'what is gone') + ' from ' + place(s.previousRect) + ' to ' + place(s.currentRect))
new PerformanceObserver(list => moved.push(...list.getEntries().filter(e => !e.hadRecentInput))).observe({type: 'layout-shift', buffered: true})`

// maxFontShift is how much a page may shift when its fonts come: nothing that an eye sees.
// Up to 0.1 is called good.
const maxFontShift = 0.01

// devices are what people look at pages on, each in one of the languages.
var devices = map[harness.Way]emulation.SetDeviceMetricsOverrideParams{
	harness.Ways[0]: {Width: 1280, Height: 900, DeviceScaleFactor: 1},
	harness.Ways[1]: {Width: 360, Height: 740, DeviceScaleFactor: 2, Mobile: true},
}

// Nothing moves by itself, neither while a page comes nor when htmx puts another
// one in its place long after the click.
func TestNothingMoves(t *testing.T) {
	t.Parallel()
	for w, screen := range devices {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			p := harness.NewPerson(t, harness.SharedSite(t), w)
			harness.Call(p, emulation.SetDeviceMetricsOverride, screen)
			harness.Call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: observer})
			p.Visit(p.Path(""))
			expectNoShift(p, "the first page")
			p.Follow(p.Words("landing.start"))
			p.SlowDown()
			for _, section := range harness.Ada {
				expectNoShift(p, section.Key)
				if section.Key == "role" {
					p.Continue()
					expectNoShift(p, section.Key+", refused")
					p.AnswerAll(section.Answers...)
					p.Continue() // an error goes when it is mended, and what is below it moves up
					p.ExpectSection("affiliations")
					harness.Ask[[]string](p, "moved.splice(0).map(describe)")
					continue
				}
				p.AnswerAll(section.Answers...)
				expectNoShift(p, section.Key+", answered")
				p.Continue()
			}
			p.ExpectSection("check")
			expectNoShift(p, "check")
		})
	}
}

// Until its fonts come, a page is set in a font of the machine, of the same widths and
// heights. So nothing moves when they come, but a word at the end of a line.
func TestNothingMovesWhenTheFontsCome(t *testing.T) {
	t.Parallel()
	for w, screen := range devices {
		for _, path := range []string{"", "/apply/about", "/privacy"} {
			t.Run(w.Name+path, func(t *testing.T) {
				t.Parallel()
				p := harness.NewPerson(t, harness.SharedSite(t), w)
				harness.Call(p, emulation.SetDeviceMetricsOverride, screen)
				harness.Call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: observer})
				p.SlowFonts()
				p.Visit(p.Path(path))
				p.Expect(true, "[...document.fonts].some(f => f.family == 'Text' && f.status == 'loaded') && document.fonts.status == 'loaded'")
				p.Expect(true, `performance.getEntriesByName('first-contentful-paint')[0].startTime <
					Math.min(...performance.getEntriesByType('resource').filter(r => r.name.endsWith('.woff2')).map(r => r.responseEnd))`)
				shift := harness.Ask[float64](p, "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(moved.reduce((sum, e) => sum + e.value, 0)), 50)))")
				t.Logf("it shifts by %.4f", shift)
				if shift > maxFontShift {
					expectNoShift(p, "the page")
				}
			})
		}
	}
}

// expectNoShift fails the test for what has moved since it was last called.
func expectNoShift(p *harness.Person, where string) {
	p.Helper()
	p.Expect("complete", "document.readyState")
	moved := harness.Ask[string](p, `new Promise(done => requestAnimationFrame(() => setTimeout(() => done(moved.splice(0).map(describe).join('; ')), 50)))`)
	if moved != "" {
		p.Errorf("on %s moves: %s", where, moved)
	}
}

// A slow browser paints the header before it has read the name in it.
func TestTheHeaderHasItsHeightBeforeItsName(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path(""))
		height := "document.querySelector('header').offsetHeight"
		whole := harness.Ask[int](p, height)
		p.Execute("document.querySelector('header').firstElementChild.remove()")
		p.Expect(whole, height)
	})
}
