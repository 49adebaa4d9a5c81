// Package typeface holds the letters in which the program itself writes: in a
// PDF and in a picture. Pages are written in those that the reader's device has.
//
// It is DejaVu Sans Condensed 2.37, from the npm package dejavu-fonts-ttf: free
// (DejaVu-2.37.LICENSE), and with the signs of the languages of Canada, those
// of the Indigenous ones among them. It has no Chinese, Japanese or Korean.
package typeface

import _ "embed"

// Regular and Bold are TrueType files. They are not to be written to.
var (
	//go:embed DejaVuSansCondensed.ttf
	Regular []byte
	//go:embed DejaVuSansCondensed-Bold.ttf
	Bold []byte
)
