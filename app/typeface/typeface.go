// Package typeface holds the fonts in which the program draws text: in PDFs and in
// pictures. They are those of the pages: Atkinson Hyperlegible Next 5.3.0 for text,
// Source Serif 4 5.3.1 for headings (both under the OFL, in subsets that `make fonts`
// makes). What these do not have is written in DejaVu Sans Condensed 2.37 from the npm
// package dejavu-fonts-ttf. It is free (DejaVu-2.37.LICENSE) and has the letters of the
// languages of Canada, Indigenous languages included. It has no Chinese, Japanese or
// Korean. The files are compressed by gzip, which saves 0.6 MB of the program.
package typeface

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"

	"golang.org/x/image/font/sfnt"
)

// A Font is a TrueType file with what it can write.
type Font struct {
	Name     string
	TrueType []byte // callers must not change it
	StandIn  *Font  // writes what this font does not have; nil: none does
	glyphs   *sfnt.Font
}

// The fonts of the program.
var (
	Text  = newFont("text", text, newFont("other", deja, nil))
	Bold  = newFont("bold", bold, newFont("other bold", dejaBold, nil))
	Title = newFont("title", title, Bold.StandIn)
)

var (
	//go:embed AtkinsonHyperlegibleNext-5.3.0-400.ttf.gz
	text []byte
	//go:embed AtkinsonHyperlegibleNext-5.3.0-700.ttf.gz
	bold []byte
	//go:embed SourceSerif4-5.3.1-600.ttf.gz
	title []byte
	//go:embed DejaVuSansCondensed.ttf.gz
	deja []byte
	//go:embed DejaVuSansCondensed-Bold.ttf.gz
	dejaBold []byte
)

func newFont(name string, file []byte, standIn *Font) *Font {
	data := unzip(file)
	glyphs, err := sfnt.Parse(data)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return &Font{Name: name, TrueType: data, StandIn: standIn, glyphs: glyphs}
}

// For returns the font in which text is written: f if it has every character, and
// otherwise the one that stands in. A text has one font, so that no word changes its
// looks in the middle.
func (f *Font) For(text string) *Font {
	for _, r := range text {
		if r != '\n' && !f.Has(r) && f.StandIn != nil {
			return f.StandIn
		}
	}
	return f
}

// Has reports whether f has r.
func (f *Font) Has(r rune) bool {
	var buffer sfnt.Buffer
	glyph, err := f.glyphs.GlyphIndex(&buffer, r)
	return err == nil && glyph != 0
}

// unzip returns what a file that is part of the program was made from.
func unzip(file []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		panic(err)
	}
	font, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	return font
}
