//go:build e2e

package e2e

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/brand"
	"joinery/app/form"
)

// A person who has no mouse goes all the way, once in the light and once in the
// dark, and on each page once round.
func TestTheKeyboardIsEnough(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
		if !p.script {
			p.prefers("prefers-color-scheme", "dark")
		}
		p.visit(p.path(""))
		p.skips()
		p.goesRound("landing")
		p.enters(p.words("landing.start"))
		for _, s := range ada {
			p.isAt(s.section)
			p.goesRound(s.section)
			if s.section != "affiliations" { // of which Ada needs none
				p.enters(p.words("nav.continue"))
				p.isLedTo(s.section + ", refused")
			}
			for _, a := range s.answers {
				p.answersByKey(a)
			}
			p.enters(p.words("nav.continue"))
		}
		p.isAt("check")
		p.goesRound("check")
		p.reads()
		p.enters(p.words("check.send"))
		p.isLedTo("check, refused")
		p.types(" ")
		sees(p, true, "box($0).checked", p.consent(0))
		p.enters(p.words("check.send"))
		sees(p, true, "title().startsWith($0)", p.words("sent.waiting.title"))
		p.goesRound("sent")
	})
}

// prefers has the browser say what p wants of pages.
func (p *person) prefers(feature, value string) {
	p.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: feature, Value: value}}})
}

// skips goes past what stands on every page.
func (p *person) skips() {
	p.Helper()
	p.types(kb.Tab)
	sees(p, p.words("nav.skip"), "words(document.activeElement)")
	p.seesTheFocus("the way past the head")
	p.types(kb.Enter)
	sees(p, "main", "document.activeElement.id")
	p.types(kb.Tab)
	sees(p, true, "document.activeElement === stops().find(e => document.getElementById('main').contains(e))")
}

// goesRound goes with Tab through all of a page until it is where it began, and
// back: it stops at everything that can be pressed or filled in, once, in the
// order in which it is read, and sees each time where it is.
func (p *person) goesRound(page string) {
	p.Helper()
	want, err := ask[[]string](p, "stops().map(stop)")
	p.must(err)
	forth := p.walksBy(len(want)+1, false, func() { p.seesTheFocus(page) })
	if !isRound(forth, want) {
		p.Errorf("%s: Tab stops at\n%q, want all of\n%q", page, forth, want)
	}
	slices.Reverse(want)
	if back := p.walksBy(len(want)+1, true, func() {}); !isRound(back, want) {
		p.Errorf("%s: Shift and Tab stop at\n%q, want all of\n%q", page, back, want)
	}
	astray, err := ask[[]string](p, "disorder()")
	p.must(err)
	if len(astray) > 0 {
		p.Errorf("%s: who goes on with Tab goes back on the page to %q", page, astray)
	}
}

// isRound reports whether what was passed is all that there is, from anywhere in
// it until there again.
func isRound(passed, all []string) bool {
	for i := range all {
		if slices.Equal(passed, append(slices.Concat(all[i:], all[:i]), all[i])) {
			return true
		}
	}
	return false
}

// walksBy presses Tab until the focus has come by so many stops, and looks at
// each. Between the end of a page and its beginning, the focus leaves it.
func (p *person) walksBy(stops int, backwards bool, look func()) (names []string) {
	p.Helper()
	for range stops + 2 {
		p.tabs(backwards)
		name, err := ask[string](p, "document.activeElement === document.body ? '' : stop(document.activeElement)")
		p.must(err)
		if name != "" && len(names) < stops {
			names = append(names, name)
			look()
		}
	}
	return names
}

func (p *person) tabs(backwards bool) {
	p.Helper()
	if backwards {
		p.do(chromedp.KeyEvent(kb.Tab, raw, chromedp.KeyModifiers(chromedp.ModifierShift)))
	} else {
		p.types(kb.Tab)
	}
}

// goesTo goes on with Tab, but not past the end of the page, until the focus is
// at what an expression finds.
func (p *person) goesTo(expression string, args ...any) {
	p.Helper()
	for {
		there, err := ask[bool](p, "document.activeElement === "+expression, args...)
		p.must(err)
		if there {
			return
		}
		p.types(kb.Tab)
		lost, err := ask[bool](p, "document.activeElement === document.body")
		p.must(err)
		if lost {
			p.Fatalf("Tab does not come to %s, %q", expression, args)
		}
	}
}

// enters goes to a button or a link and presses Enter.
func (p *person) enters(words string) {
	p.Helper()
	p.goesTo("button($0)", words)
	p.turns(func() { p.types(kb.Enter) })
}

// isLedTo presses the first line of the summary and is where it leads.
func (p *person) isLedTo(page string) {
	p.Helper()
	sees(p, true, "document.activeElement === summary()")
	p.seesTheFocus(page)
	p.goesRound(page)
	p.goesTo("summary().querySelector('a')")
	p.types(kb.Enter)
	sees(p, true, "'#' + document.activeElement.id === summary().querySelector('a').hash")
	p.seesTheFocus(page)
}

// answersByKey answers a question, and the page that changes with the answer
// leaves the focus where it is.
func (p *person) answersByKey(a answer) {
	p.Helper()
	question := p.label(a.question)
	switch questions().Field(a.question).Kind {
	case form.Radio, form.Checkboxes:
		for _, o := range questions().Field(a.question).OptionsIn(p.lang) { // in their order there
			if slices.Contains(a.values, o.Code) {
				p.goesTo("option($0, $1)", question, p.optionLabel(a.question, o.Code))
				p.types(" ")
			}
		}
	case form.Select:
		p.goesTo("question($0)", question)
		p.chooses(a)
	default:
		p.goesTo("question($0)", question)
		p.types(a.values[0])
	}
	p.hasAnswer(a)
	sees(p, 0, "document.querySelectorAll('.htmx-request').length")
	sees(p, true, "question($0).contains(document.activeElement)", question)
}

// seesTheFocus fails the test unless p sees what has the focus, and that it has
// it: as the guidelines measure it (2.4.13), as many points as a line of two
// around it are at least three times as bright, or as dark, as without.
func (p *person) seesTheFocus(page string) {
	p.Helper()
	sees(p, "", "isSeen(document.activeElement) ? '' : stop(document.activeElement)")
	frame, err := ask[[]int](p, "framed(document.activeElement)")
	p.must(err)
	focused := p.pictures()
	_, err = ask[bool](p, "window.focused = document.activeElement; focused.blur(); true")
	p.must(err)
	plain := p.pictures()
	name, err := ask[string](p, "focused.focus({preventScroll: true}); stop(focused)")
	p.must(err)
	around := image.Rect(frame[0], frame[1], frame[2], frame[3])
	if got, want := differing(focused, plain, around), frame[4]; got < want {
		p.Errorf("%s: at %s, the focus shows in %d points, want %d", page, name, got, want)
	}
}

// pictures returns what p sees.
func (p *person) pictures() image.Image {
	p.Helper()
	quick := true
	shot := call(p, page.CaptureScreenshot, page.CaptureScreenshotParams{OptimizeForSpeed: &quick})
	picture, err := png.Decode(bytes.NewReader(shot.Data))
	p.must(err)
	return picture
}

// differing counts the points in a part of two pictures at which they have a
// contrast of at least three to one.
func differing(a, b image.Image, part image.Rectangle) (points int) {
	part = part.Intersect(a.Bounds()).Intersect(b.Bounds())
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
