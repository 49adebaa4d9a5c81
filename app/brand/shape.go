package brand

import (
	"image"
	"image/color"
	"image/draw"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// A shape is a figure of one colour. Its outline is written as in SVG, of which
// it knows M, L, Q and Z, with blanks around each of them and each number.
type shape struct {
	path string
	fill Colour
}

// fillShapes fills shapes, one over the other, in a square of a picture that is
// markSize units wide and high.
func fillShapes(picture draw.Image, square image.Rectangle, shapes []shape) {
	for _, s := range shapes {
		r := vector.NewRasterizer(square.Dx(), square.Dy())
		tracePath(r, s.path, float32(square.Dx())/markSize)
		r.Draw(picture, square, s.fill.uniform(), image.Point{})
	}
}

// tracePath follows an outline.
func tracePath(r *vector.Rasterizer, outline string, scale float32) {
	words := strings.Fields(outline)
	next := func() float32 {
		n, _ := strconv.ParseFloat(words[0], 32) // the outlines are our own
		words = words[1:]
		return float32(n) * scale
	}
	for len(words) > 0 {
		command := words[0]
		words = words[1:]
		switch command {
		case "M":
			r.MoveTo(next(), next())
		case "L":
			r.LineTo(next(), next())
		case "Q":
			r.QuadTo(next(), next(), next(), next())
		case "Z":
			r.ClosePath()
		}
	}
}

func (c Colour) rgba() color.RGBA { return color.RGBA{c.R, c.G, c.B, 255} }

func (c Colour) uniform() image.Image { return image.NewUniform(c.rgba()) }
