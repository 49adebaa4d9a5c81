package brand

import (
	"image"
	"image/color"
	"image/draw"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// A shape is a figure of one colour. Its path is written as in SVG, with the
// commands M, L, Q and Z alone and with a blank between commands and numbers.
type shape struct {
	path string
	fill Colour
}

// fillShapes draws shapes, each over the one before, into a square of picture. The
// square is markSize units wide and high.
func fillShapes(picture draw.Image, square image.Rectangle, shapes []shape) {
	for _, s := range shapes {
		r := vector.NewRasterizer(square.Dx(), square.Dy())
		tracePath(r, s.path, float32(square.Dx())/markSize)
		r.Draw(picture, square, s.fill.uniform(), image.Point{})
	}
}

// tracePath adds a path to r, scaled from units to pixels.
func tracePath(r *vector.Rasterizer, outline string, scale float32) {
	words := strings.Fields(outline)
	next := func() float32 {
		n, _ := strconv.ParseFloat(words[0], 32) // the paths are those of mark
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

// rgba returns c as package image needs it.
func (c Colour) rgba() color.RGBA { return color.RGBA{c.R, c.G, c.B, 255} }

// uniform returns an image without bounds that is c everywhere.
func (c Colour) uniform() image.Image { return image.NewUniform(c.rgba()) }
