package brand

import (
	"fmt"
	"math"
	"strings"
)

// What must be told apart, as WCAG 2.2 has it: text as success criterion 1.4.6
// (AAA) asks, and what is no text as 1.4.11 does.
const (
	minTextContrast    = 7
	minGraphicContrast = 3
)

// A Scheme is what the colours of an organization make of a page in the light or
// in the dark. Every ink and every ground of a scheme fits every other.
type Scheme struct {
	Paper Colour // the ground of the page
	Card  Colour // the ground of what lies on it
	Tint  Colour // the ground of what stands out
	Band  Colour // the ground of white words
	Deep  Colour // links and buttons, on every ground above but Band
	Warm  Colour // lines and drawings
	Focus Colour // the line around what has the focus
}

// A Palette is the colours of an organization in both schemes.
type Palette struct{ Light, Dark Scheme }

// Default are the colours of a site that names none.
var (
	DefaultMain   = Colour{0x0b, 0x55, 0x50}
	DefaultAccent = Colour{0xc4, 0x69, 0x2a}
)

var (
	paper     = Colour{0xfa, 0xf6, 0xee}
	darkPaper = Colour{0x12, 0x18, 0x1a}
)

// CheckMain returns an error for a colour in which text on the page, or white
// text on a ground of it, could not be read well. It gives the figure, and the
// nearest darker colour that will do.
func CheckMain(c Colour) error {
	if isReadable(c) {
		return nil
	}
	return fmt.Errorf("the contrast of %s with the ground of the page is %s to 1, but words in it need %d to 1 on every ground; %s would do",
		c, formatContrast(c.leastContrast(lightBackgrounds(c)...)), minTextContrast, c.darker(isReadable))
}

// isReadable reports whether c does for words on every light ground, and as a
// ground for white words.
func isReadable(c Colour) bool { return c.hasContrast(minTextContrast, lightBackgrounds(c)...) }

// CheckAccent returns an error for a colour that could hardly be seen on the
// page. It gives the figure, and the nearest darker colour that will do.
func CheckAccent(c Colour) error {
	if isVisible(c) {
		return nil
	}
	return fmt.Errorf("the contrast of %s with the ground of the page is %s to 1, but it needs %d to 1; %s would do",
		c, formatContrast(Contrast(c, paper)), minGraphicContrast, c.darker(isVisible))
}

func isVisible(c Colour) bool { return c.hasContrast(minGraphicContrast, paper) }

// formatContrast rounds down: what falls short never reads as if it were enough.
func formatContrast(contrast float64) string { return fmt.Sprintf("%.1f", math.Floor(contrast*10)/10) }

// NewPalette makes a palette of two colours that CheckMain and CheckAccent found
// good. In the dark it makes them lighter, as much as it takes.
func NewPalette(main, accent Colour) Palette {
	tint := tint(main)
	light := Scheme{
		Paper: paper, Card: paper.mix(white, 0.75), Tint: tint, Band: main, Deep: main, Warm: accent,
		Focus: accent.darker(func(c Colour) bool { return c.hasContrast(5, paper, tint, white) }),
	}
	background := darkPaper.mix(main, 0.08)
	dark := Scheme{Paper: background, Card: background.mix(white, 0.04), Tint: background.mix(main.mix(white, 0.3), 0.24), Band: main.mix(black, 0.25)}
	dark.Deep = main.lighter(minTextContrast+1, dark.Paper, dark.Card, dark.Tint)
	dark.Warm = accent.lighter(minTextContrast, dark.Paper)
	dark.Focus = accent.lighter(minTextContrast+1, dark.Paper, dark.Tint)
	return Palette{light, dark}
}

// lightBackgrounds returns the lightest ground there is, that of the page, and the
// darkest, which a main colour makes.
func lightBackgrounds(main Colour) []Colour { return []Colour{white, paper, tint(main)} }

func tint(main Colour) Colour { return paper.mix(main, 0.08) }

// CSS returns p as custom properties of a style sheet, for both schemes.
func (p Palette) CSS() string {
	return ":root{" + p.Light.css() + "}@media screen and (prefers-color-scheme:dark){:root{" + p.Dark.css() + "}}"
}

func (s Scheme) css() string {
	var out strings.Builder
	for _, property := range []struct {
		name   string
		colour Colour
	}{{"paper", s.Paper}, {"card", s.Card}, {"tint", s.Tint}, {"band", s.Band}, {"deep", s.Deep}, {"warm", s.Warm}, {"focus", s.Focus}} {
		fmt.Fprintf(&out, "--%s:%s;", property.name, property.colour)
	}
	return strings.TrimSuffix(out.String(), ";")
}
