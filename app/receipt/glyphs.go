package receipt

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"

	"joinery/app/typeface"
)

// simpleScripts are the scripts that are written by placing one glyph after the
// other from left to right. Other scripts need shaping, which fpdf cannot do, even
// where the typeface has their glyphs.
var simpleScripts = []*unicode.RangeTable{
	unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Georgian, unicode.Canadian_Aboriginal,
	unicode.Common, unicode.Inherited,
}

// isWritable reports whether every character of text can be written correctly.
func isWritable(text string) bool {
	for _, r := range withoutFormatting(text) {
		if r != '\n' && (!unicode.In(r, simpleScripts...) || isRightToLeft(r) || !hasGlyph(r)) {
			return false
		}
	}
	return true
}

// isRightToLeft reports whether r is written from right to left.
func isRightToLeft(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.AN
}

// hasGlyph reports whether r can be written, in text and in bold, at least by the font
// that stands in. Beyond U+FFFF, fpdf finds no glyph or panics.
func hasGlyph(r rune) bool {
	return r <= 0xffff && typeface.Text.StandIn.Has(r) && typeface.Bold.StandIn.Has(r)
}

// withoutFormatting returns text without the characters that only affect how others
// are written. It keeps line feeds.
func withoutFormatting(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) {
			return -1
		}
		return r
	}, text)
}
