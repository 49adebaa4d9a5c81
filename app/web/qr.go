package web

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// A picture is a QR code for an SVG in which a module is one unit wide. It has
// the quiet zone around it without which no camera finds it.
type picture struct {
	Size int
	Path string // the dark modules
}

// quiet is how many light modules there are on each side, as ISO/IEC 18004 asks.
const quiet = 4

// newPicture returns the QR code of text, which can be read while about a seventh of
// it is hidden.
func newPicture(text string) (picture, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return picture{}, fmt.Errorf("web: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for code.Black(x, y) { // beyond the edge it is light
				x++
			}
			if run := x - from; run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, run, run)
			}
		}
	}
	return picture{Size: code.Size + 2*quiet, Path: path.String()}, nil
}
