package brand

import (
	"image"
	"image/draw"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// A block is words, in lines of one size.
type block struct {
	face  font.Face
	lines []string
}

// fit breaks words into lines, in the largest size from the given one down in
// which they need no more room than a number of pixels. Words that are too many
// for half that size are cut short.
func fit(typeface *opentype.Font, size float64, words string, width, height int) block {
	for at := size; ; at *= 0.94 {
		face, _ := opentype.NewFace(typeface, &opentype.FaceOptions{Size: at, DPI: 72}) // never fails
		b := block{face, wrap(face, words, width)}
		if b.height() <= height && b.width() <= width {
			return b
		}
		if at < size/2 {
			return b.cut(width, height)
		}
	}
}

// wrap puts as many words in a line as its width lets it have, and one at least.
// It breaks no line at a space that holds words together, nor before a dash.
func wrap(face font.Face, words string, width int) (lines []string) {
	words = strings.NewReplacer(" –", "\u00a0–", " —", "\u00a0—").Replace(words)
	line := ""
	for _, word := range strings.Split(words, " ") {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if line != "" && font.MeasureString(face, longer).Ceil() > width {
			lines, longer = append(lines, line), word
		}
		line = longer
	}
	return append(lines, line)
}

// cut returns as much of b as there is room for, and signs where something is missing.
func (b block) cut(width, height int) block {
	for len(b.lines) > 1 && b.height() > height {
		b.lines = b.lines[:len(b.lines)-1]
		b.lines[len(b.lines)-1] += "…"
	}
	for i, line := range b.lines {
		letters := []rune(strings.TrimSuffix(line, "…"))
		for n := len(letters); font.MeasureString(b.face, line).Ceil() > width; n-- {
			line = strings.TrimSpace(string(letters[:n])) + "…"
		}
		b.lines[i] = line
	}
	return b
}

func (b block) width() int {
	widest := 0
	for _, line := range b.lines {
		widest = max(widest, font.MeasureString(b.face, line).Ceil())
	}
	return widest
}

func (b block) height() int { return len(b.lines) * b.leading() }

// leading is how many pixels one line stands below another.
func (b block) leading() int { return b.face.Metrics().Height.Ceil() }

// draw writes b with its upper left corner at that place.
func (b block) draw(picture draw.Image, at image.Point, ink Colour) {
	pen := font.Drawer{Dst: picture, Src: ink.uniform(), Face: b.face}
	for i, line := range b.lines {
		pen.Dot = fixed.P(at.X, at.Y+i*b.leading()+b.face.Metrics().Ascent.Ceil())
		pen.DrawString(line)
	}
}
