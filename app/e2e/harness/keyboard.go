//go:build e2e

package harness

import (
	"bytes"
	"image"
	"image/png"
	"slices"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/brand"
)

// Prefer has the browser say what the person wants of pages.
func (p *Person) Prefer(feature, value string) {
	p.Helper()
	Call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: feature, Value: value}}})
}

// ExpectTabOrder goes with Tab through all of a page until it is where it began,
// and back: it stops at everything that can be clicked or filled in, once, in
// the order in which it is read, and the focus is seen each time.
func (p *Person) ExpectTabOrder(page string) {
	p.Helper()
	want := Ask[[]string](p, "stops().map(stop)")
	forward := p.tabThrough(len(want)+1, false, func() { p.ExpectFocusSeen(page) })
	if !isRound(forward, want) {
		p.Errorf("%s: Tab stops at\n%q, want all of\n%q", page, forward, want)
	}
	slices.Reverse(want)
	if back := p.tabThrough(len(want)+1, true, func() {}); !isRound(back, want) {
		p.Errorf("%s: Shift and Tab stop at\n%q, want all of\n%q", page, back, want)
	}
	if disorder := Ask[[]string](p, "disorder()"); len(disorder) > 0 {
		p.Errorf("%s: Tab goes back on the page to %q", page, disorder)
	}
}

// isRound reports whether the stops passed are all that there are, from any of
// them until there again.
func isRound(passed, all []string) bool {
	for i := range all {
		if slices.Equal(passed, append(slices.Concat(all[i:], all[:i]), all[i])) {
			return true
		}
	}
	return false
}

// tabThrough presses Tab until the focus has come by so many stops, and calls
// look at each. Between the end of a page and its beginning, the focus leaves
// it.
func (p *Person) tabThrough(stops int, backwards bool, look func()) (names []string) {
	p.Helper()
	for range stops + 2 {
		p.tab(backwards)
		name := Ask[string](p, "document.activeElement === document.body ? '' : stop(document.activeElement)")
		if name != "" && len(names) < stops {
			names = append(names, name)
			look()
		}
	}
	return names
}

func (p *Person) tab(backwards bool) {
	p.Helper()
	if backwards {
		p.Do(chromedp.KeyEvent(kb.Tab, rawKey, chromedp.KeyModifiers(chromedp.ModifierShift)))
	} else {
		p.Type(kb.Tab)
	}
}

// TabTo goes on with Tab, but not past the end of the page, until the focus is
// at what an expression finds.
func (p *Person) TabTo(expression string, args ...any) {
	p.Helper()
	for !Ask[bool](p, "document.activeElement === "+expression, args...) {
		p.Type(kb.Tab)
		if Ask[bool](p, "document.activeElement === document.body") {
			p.Fatalf("Tab does not come to %s, %q", expression, args)
		}
	}
}

// Enter goes with Tab to a button or a link and presses Enter.
func (p *Person) Enter(words string) {
	p.Helper()
	p.TabTo("button($0)", words)
	p.WaitForPage(func() { p.Type(kb.Enter) })
}

// ExpectFocusSeen fails the test unless what has the focus is seen, and that it
// has it: as the guidelines measure it (2.4.13), as many points as a line of two
// around it are at least three times as bright, or as dark, as without. What looks
// as something did that was measured is not measured again.
func (p *Person) ExpectFocusSeen(page string) {
	p.Helper()
	look := Ask[string](p, "isSeen(document.activeElement) ? look(document.activeElement) : ''")
	if p.measured[look] {
		return
	}
	p.EndTransition()
	p.Expect("", "isSeen(document.activeElement) ? '' : stop(document.activeElement)")
	p.measured[Ask[string](p, "look(document.activeElement)")] = true
	frame := Ask[[]int](p, "framed(document.activeElement)")
	around := image.Rect(frame[0], frame[1], frame[2], frame[3])
	focused := p.picture(around)
	p.Execute("window.focused = document.activeElement; focused.blur()")
	plain := p.picture(around)
	name := Ask[string](p, "focused.focus({preventScroll: true}); stop(focused)")
	if got, want := differing(focused, plain), frame[4]; got < want {
		p.Errorf("%s: at %s, the focus shows in %d points, want %d", page, name, got, want)
	}
}

// EndTransition shows a page that comes gently as it will be in a moment.
func (p *Person) EndTransition() {
	p.Helper()
	p.Execute("document.getAnimations().filter(a => !a.animationName).forEach(a => a.finish())")
}

// picture returns what a part of the window shows.
func (p *Person) picture(part image.Rectangle) image.Image {
	p.Helper()
	quick := true
	shot := Call(p, page.CaptureScreenshot, page.CaptureScreenshotParams{OptimizeForSpeed: &quick, Clip: &page.Viewport{
		X: float64(part.Min.X), Y: float64(part.Min.Y), Width: float64(part.Dx()), Height: float64(part.Dy()), Scale: 1,
	}})
	picture, err := png.Decode(bytes.NewReader(shot.Data))
	p.Must(err)
	return picture
}

// differing counts the points of two pictures at which they have a contrast of
// at least three to one.
func differing(a, b image.Image) (points int) {
	part := a.Bounds().Intersect(b.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if brand.Contrast(colourAt(a, x, y), colourAt(b, x, y)) >= 3 {
				points++
			}
		}
	}
	return points
}

func colourAt(picture image.Image, x, y int) brand.Colour {
	r, g, b, _ := picture.At(x, y).RGBA()
	return brand.Colour{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8)}
}
