package web

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// A qrCode is a QR code for an SVG in which a module is one unit wide. It includes the
// quiet zone that cameras need.
type qrCode struct {
	Size int
	Path string // the dark modules
}

// quietZone is the number of light modules on each side that ISO/IEC 18004 requires.
const quietZone = 4

// newQRCode returns the QR code of text. A camera can read it while about a seventh of
// it is hidden.
func newQRCode(text string) (qrCode, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return qrCode{}, fmt.Errorf("web: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for code.Black(x, y) { // beyond the edge all modules are light
				x++
			}
			if run := x - from; run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, run, run)
			}
		}
	}
	return qrCode{Size: code.Size + 2*quietZone, Path: path.String()}, nil
}
