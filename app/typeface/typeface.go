// Package typeface holds the fonts in which the program draws text: in PDFs and in
// pictures. Pages use the fonts of the browser.
//
// The typeface is DejaVu Sans Condensed 2.37 from the npm package dejavu-fonts-ttf.
// It is free (DejaVu-2.37.LICENSE) and has the letters of the languages of Canada,
// Indigenous languages included. It has no Chinese, Japanese or Korean.
package typeface

import _ "embed"

// Regular and Bold are TrueType files. Callers must not change them.
var (
	//go:embed DejaVuSansCondensed.ttf
	Regular []byte
	//go:embed DejaVuSansCondensed-Bold.ttf
	Bold []byte
)
