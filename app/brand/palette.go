package brand

import (
	"fmt"
	"math"
	"strings"
)

// The contrast that WCAG 2.2 demands of text (success criterion 1.4.6, AAA) and of
// graphics (1.4.11).
const (
	minTextContrast    = 7
	minGraphicContrast = 3
)

// A Scheme holds the colours of a page in a light or a dark colour scheme. Deep,
// Warm and Focus have enough contrast to every background on which they stand.
type Scheme struct {
	Paper Colour // the background of the page
	Card  Colour // the background of a card on the page
	Tint  Colour // the background of what is highlighted
	Band  Colour // the background of white text
	Deep  Colour // links and buttons, on Paper, Card and Tint
	Warm  Colour // lines and drawings, on Paper and Card
	Focus Colour // the focus ring
}

// A Palette holds the colours of an organization for both colour schemes.
type Palette struct{ Light, Dark Scheme }

// DefaultMain and DefaultAccent are the colours of a site that configures none.
var (
	DefaultMain   = Colour{0x0b, 0x55, 0x50}
	DefaultAccent = Colour{0xc4, 0x69, 0x2a}
)

var (
	paper     = Colour{0xfa, 0xf6, 0xee}
	darkPaper = Colour{0x12, 0x18, 0x1a}
)

// CheckMain returns an error if c has too little contrast for text on the page or
// as the background of white text. The error, which is for the operator, states
// the contrast and the nearest darker colour that is accepted.
func CheckMain(c Colour) error {
	if isReadable(c) {
		return nil
	}
	return fmt.Errorf("the contrast of %s with the ground of the page is %s to 1, but words in it need %d to 1 on every ground; %s would do",
		c, formatContrast(c.leastContrast(lightBackgrounds(c)...)), minTextContrast, c.darker(isReadable))
}

// isReadable reports whether text in c can be read on every light background.
// White, one of them, covers white text on c as well.
func isReadable(c Colour) bool { return c.hasContrast(minTextContrast, lightBackgrounds(c)...) }

// CheckAccent returns an error if c has too little contrast for graphics on the
// page. The error is like that of CheckMain.
func CheckAccent(c Colour) error {
	if isVisible(c) {
		return nil
	}
	return fmt.Errorf("the contrast of %s with the ground of the page is %s to 1, but it needs %d to 1; %s would do",
		c, formatContrast(Contrast(c, paper)), minGraphicContrast, c.darker(isVisible))
}

func isVisible(c Colour) bool { return c.hasContrast(minGraphicContrast, paper) }

// formatContrast rounds down, so that too little contrast never reads as enough.
func formatContrast(contrast float64) string { return fmt.Sprintf("%.1f", math.Floor(contrast*10)/10) }

// NewPalette returns the palette of two colours that [CheckMain] and [CheckAccent]
// accept. The light scheme has them as they are; the dark one makes them lighter
// until their contrast suffices.
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

// lightBackgrounds returns the backgrounds of the light scheme, from the lightest
// to the darkest, which depends on the main colour.
func lightBackgrounds(main Colour) []Colour { return []Colour{white, paper, tint(main)} }

// tint returns the background of what is highlighted in the light scheme.
func tint(main Colour) Colour { return paper.mix(main, 0.08) }

// CSS returns p as a style sheet of custom properties, such as --paper. Those of
// the dark scheme stand in a media query, for screens only.
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
