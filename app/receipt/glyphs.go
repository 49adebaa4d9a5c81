package receipt

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/bidi"

	"joinery/app/typeface"
)

// fonts are the fonts of the typeface, in which hasGlyph looks up characters.
var fonts = sync.OnceValue(func() []*sfnt.Font {
	var all []*sfnt.Font
	for _, data := range [][]byte{typeface.Regular, typeface.Bold} {
		font, err := sfnt.Parse(data)
		if err != nil {
			panic(err) // the typeface is part of the program
		}
		all = append(all, font)
	}
	return all
})

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

// hasGlyph reports whether every font of the typeface has r. Beyond U+FFFF, fpdf
// finds no glyph or panics.
func hasGlyph(r rune) bool {
	var buffer sfnt.Buffer
	for _, font := range fonts() {
		if glyph, err := font.GlyphIndex(&buffer, r); r > 0xffff || err != nil || glyph == 0 {
			return false
		}
	}
	return true
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
