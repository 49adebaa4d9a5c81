//go:build e2e

package pages

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"joinery/app/e2e/harness"
)

//go:embed testdata/layout.js
var layout string

// checkLayout fails the test for each of the faults of layout that an expression finds.
func checkLayout(p *harness.Person, faults, where string) {
	p.Helper()
	found := harness.Ask[[]string](p, layout+";"+faults)
	for _, fault := range found {
		p.Errorf("%s: %s", where, fault)
	}
}

// A viewport is how much of a page is seen at once, and how large and how widely
// spaced its type is.
type viewport struct {
	name   string
	width  int64
	scale  float64
	size   int64 // of type, in points of the page; browsers begin with 16
	spaced bool
}

var viewports = []viewport{
	{"a window of 1280 at 400 %", 320, 4, 16, false},
	{"a phone with type twice as large", 390, 1, 32, false},
	{"a narrow window, spaced", 320, 1, 16, true},
	{"a window of 640 with type twice as large", 640, 1, 32, false},
	{"a wide window with type twice as large, spaced", 1280, 1, 32, true},
}

// spacing is what readers may do to text, by WCAG 1.4.12.
const spacing = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
	p { margin-bottom: 2em !important }`

// checkReflow fails the test if the page as it is now cannot be read or clicked in
// one of the viewports, and leaves the page as it was.
func checkReflow(p *harness.Person, where string, in []viewport) {
	p.Helper()
	for _, v := range in {
		setViewport(p, v)
		faults := "misplaced()"
		if v.size == 16 {
			faults = "[...misplaced(), ...small()]"
		}
		checkLayout(p, faults, where+", in "+v.name)
	}
	setViewport(p, viewport{"", 1000, 1, 16, false})
	checkLayout(p, "small()", where)
}

// setViewport shows the page in a viewport.
func setViewport(p *harness.Person, v viewport) {
	p.Helper()
	p.Do(chromedp.EmulateViewport(v.width, 900/int64(v.scale), chromedp.EmulateScale(v.scale)))
	harness.Call(p, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: v.size}})
	// Style sheets that are made by hand are no matter of the policy for content.
	p.Expect(v.width, "document.adoptedStyleSheets = [new CSSStyleSheet()], document.adoptedStyleSheets[0].replaceSync($0), innerWidth",
		map[bool]string{true: spacing}[v.spaced])
	p.Expect(true, "parseFloat(getComputedStyle(document.documentElement).fontSize) >= $0", v.size)
}

// A check that finds no faults is worth nothing: each finds one that is there.
func TestFaultsOfLayoutAreFound(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		tests := []struct{ style, look, finds string }{
			{"", "[...misplaced(), ...small(), ...moving()]", ""},
			{"h1 { width: 2000px }", "misplaced()", "the page is "},
			{"h1 { margin-left: -500px }", "misplaced()", "runs out of the window"},
			{"h1 { width: 20px; overflow-wrap: normal }", "misplaced()", "runs out of its box"},
			{"legend { height: 5px; overflow: hidden }", "misplaced()", "is cut off"},
			{"h1 { margin-bottom: -60px }", "misplaced()", "overlap"},
			{".secondary { margin-left: -60px !important }", "misplaced()", "BUTTON later"},
			{".primary { padding: 2px }", "small()", "BUTTON"},
			{"input { border: 0 !important }", "edgeless()", "INPUT"},
			{".primary::before { content: ''; transition: all 1s }", "moving()", "BUTTON"},
		}
		p.Prefer("prefers-reduced-motion", "reduce")
		p.Visit(p.Path("/apply/about"))
		for _, tt := range tests {
			found := harness.Ask[string](p, layout+"; document.adoptedStyleSheets = [new CSSStyleSheet()], document.adoptedStyleSheets[0].replaceSync($0), "+tt.look+".join()", tt.style)
			if !strings.Contains(found, tt.finds) || (tt.finds == "" && found != "") {
				p.Errorf("with %q, %s finds %q, want %q", tt.style, tt.look, found, tt.finds)
			}
		}
	})
}
