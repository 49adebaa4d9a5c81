package receipt

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/bidi"

	"joinery/app/typeface"
)

// fonts are those of the typeface, to ask which signs they have.
var fonts = sync.OnceValue(func() []*sfnt.Font {
	var all []*sfnt.Font
	for _, data := range [][]byte{typeface.Regular, typeface.Bold} {
		font, err := sfnt.Parse(data)
		if err != nil {
			panic(err) // it is part of the program
		}
		all = append(all, font)
	}
	return all
})

// simple are the scripts that are written by setting one sign after the other,
// from left to right. Others need more than we can do, even where the typeface
// has their signs.
var simple = []*unicode.RangeTable{
	unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Georgian, unicode.Canadian_Aboriginal,
	unicode.Common, unicode.Inherited,
}

// writable reports whether every sign of text can be written rightly.
func writable(text string) bool {
	for _, r := range plain(text) {
		if r != '\n' && (!unicode.In(r, simple...) || backward(r) || !drawn(r)) {
			return false
		}
	}
	return true
}

// backward reports whether r is written from right to left.
func backward(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.AN
}

// drawn reports whether the typeface has r, in each of its fonts. Beyond U+FFFF
// fpdf finds nothing, or panics.
func drawn(r rune) bool {
	var buffer sfnt.Buffer
	for _, font := range fonts() {
		if glyph, err := font.GlyphIndex(&buffer, r); r > 0xffff || err != nil || glyph == 0 {
			return false
		}
	}
	return true
}

// plain returns text without the signs that only guide how others are written.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) {
			return -1
		}
		return r
	}, text)
}
