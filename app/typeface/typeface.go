// Package typeface holds the fonts in which the program draws text: in PDFs and in
// pictures. Pages use the fonts of the browser.
//
// The typeface is DejaVu Sans Condensed 2.37 from the npm package dejavu-fonts-ttf.
// It is free (DejaVu-2.37.LICENSE) and has the letters of the languages of Canada,
// Indigenous languages included. It has no Chinese, Japanese or Korean. The files
// are compressed by gzip, which saves 0.6 MB of the program.
package typeface

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
)

// Regular and Bold are TrueType files. Callers must not change them.
var (
	Regular = unzip(regular)
	Bold    = unzip(bold)
)

var (
	//go:embed DejaVuSansCondensed.ttf.gz
	regular []byte
	//go:embed DejaVuSansCondensed-Bold.ttf.gz
	bold []byte
)

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
