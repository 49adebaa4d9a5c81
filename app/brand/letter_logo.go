package brand

import (
	"bytes"
	"image"
	"image/png"
	"strings"

	"golang.org/x/image/draw"
)

// The box that the logo of a letter fits into, as it is shown. It is drawn twice as
// large, for sharp screens.
const (
	letterLogoWidth  = 160
	letterLogoHeight = 40
)

// A Picture is a PNG file, and the size at which it is shown.
type Picture struct {
	PNG           []byte
	Width, Height int
}

// letterLogo returns what stands beside the name in letters, on the main colour as on the
// site: the logo; or the mark if there is none; or nothing if it is an SVG, which mail programs do
// not show. The logo has been read, so it can be decoded.
func letterLogo(logo *File, main, accent Colour) (Picture, error) {
	switch {
	case logo == nil:
		drawn := icon(2*letterLogoHeight, mark(main, accent, 7))
		return Picture{encodePNG(drawn), letterLogoHeight, letterLogoHeight}, nil
	case strings.HasSuffix(logo.Name, ".svg"):
		return Picture{}, nil
	}
	picture, err := png.Decode(bytes.NewReader(logo.Body))
	if err != nil {
		return Picture{}, err
	}
	size := fitInto(picture.Bounds().Size(), image.Pt(letterLogoWidth, letterLogoHeight))
	drawn := image.NewRGBA(image.Rectangle{Max: size.Mul(2)})
	draw.Draw(drawn, drawn.Bounds(), main.uniform(), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(drawn, drawn.Bounds(), picture, picture.Bounds(), draw.Over, nil)
	return Picture{encodePNG(drawn), size.X, size.Y}, nil
}

// fitInto returns the largest size with the proportion of size that fits into box.
func fitInto(size, box image.Point) image.Point {
	if size.X*box.Y > size.Y*box.X {
		return image.Pt(box.X, max(1, size.Y*box.X/size.X))
	}
	return image.Pt(max(1, size.X*box.Y/size.Y), box.Y)
}
