//go:build e2e

package e2e

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/layout.js
var layout string

// isFreeOf fails the test for each of the faults of layout that an expression finds.
func (p *person) isFreeOf(faults, where string) {
	p.Helper()
	found, err := ask[[]string](p, layout+";"+faults)
	p.must(err)
	for _, fault := range found {
		p.Errorf("%s: %s", where, fault)
	}
}

// A room is how much of a page there is to see at once, and how large and how
// widely spaced its type is.
type room struct {
	name   string
	width  int64
	scale  float64
	size   int64 // of type, in points of the page; browsers begin with 16
	spaced bool
}

var rooms = []room{
	{"a window of 1280 at 400 %", 320, 4, 16, false},
	{"a narrow window, spaced", 320, 1, 16, true},
	{"a window of 640 with type twice as large", 640, 1, 32, false},
	{"a wide window with type twice as large, spaced", 1280, 1, 32, true},
}

// spacing is what readers may do to text, by WCAG 1.4.12.
const spacing = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
	p { margin-bottom: 2em !important }`

// isRoomy fails the test if the page as it is now cannot be read or pressed in
// one of the rooms, and leaves it as it was.
func (p *person) isRoomy(where string) {
	p.Helper()
	for _, r := range rooms {
		p.sits(r)
		p.isFreeOf("misplaced()", where+", in "+r.name)
		if r.size == 16 {
			p.isFreeOf("small()", where+", in "+r.name)
		}
	}
	p.sits(room{"", 1000, 1, 16, false})
	p.isFreeOf("small()", where)
}

func (p *person) sits(r room) {
	p.Helper()
	p.do(chromedp.EmulateViewport(r.width, 900/int64(r.scale), chromedp.EmulateScale(r.scale)))
	call(p, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: r.size}})
	// Style sheets that are made by hand are no matter of the policy for content.
	sees(p, r.width, "document.adoptedStyleSheets = [new CSSStyleSheet()], document.adoptedStyleSheets[0].replaceSync($0), innerWidth",
		map[bool]string{true: spacing}[r.spaced])
	sees(p, true, "parseFloat(getComputedStyle(document.documentElement).fontSize) >= $0", r.size)
}

func TestColoursOfTheReaderLeaveEverythingToBeSeen(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.prefers("forced-colors", "active")
		p.visit(p.path("/apply/about"))
		p.next()
		p.isRefused("about", 4)
		sees(p, true, "matchMedia('(forced-colors: active)').matches")
		p.isFreeOf("edgeless()", "about, refused")
		p.goesRound("about, refused, in the reader’s colours")
	})
}

func TestNothingMovesForWhoWantsItStill(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.prefers("prefers-reduced-motion", "reduce")
		for _, path := range []string{"", "/apply/about", "/apply/about?wrong=1", "/privacy"} {
			p.visit(p.path(path))
			p.isFreeOf("moving()", path)
		}
	})
}

// Whoever looks for faults must find one that is there.
func TestFaultsOfLayoutAreFound(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
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
		p.visit(p.path("/apply/about"))
		for _, tt := range tests {
			found, err := ask[string](p, layout+"; document.adoptedStyleSheets = [new CSSStyleSheet()], document.adoptedStyleSheets[0].replaceSync($0), "+tt.look+".join()", tt.style)
			p.must(err)
			if !strings.Contains(found, tt.finds) || (tt.finds == "" && found != "") {
				p.Errorf("with %q, %s finds %q, want %q", tt.style, tt.look, found, tt.finds)
			}
		}
	})
}
