package brand

import (
	"image"
	"image/draw"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// A textBlock is a text in lines, in one size of a typeface.
type textBlock struct {
	face  font.Face
	lines []string
}

// fitText breaks words into lines. It takes the largest size, from the given one
// down, in which they fit into width and height, in pixels. Words that do not fit
// in half the size are truncated.
func fitText(typeface *opentype.Font, size float64, words string, width, height int) textBlock {
	for s := size; ; s *= 0.94 {
		face, _ := opentype.NewFace(typeface, &opentype.FaceOptions{Size: s, DPI: 72}) // fails for no typeface
		b := textBlock{face, wrapWords(face, words, width)}
		if b.height() <= height && b.width() <= width {
			return b
		}
		if s < size/2 {
			return b.truncate(width, height)
		}
	}
}

// wrapWords breaks words into lines that are at most width pixels wide, unless a
// single word is wider. It breaks no line at a no-break space or before a dash.
func wrapWords(face font.Face, words string, width int) (lines []string) {
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

// truncate returns the part of b that fits into width and height, with an ellipsis
// where something is missing.
func (b textBlock) truncate(width, height int) textBlock {
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

// width returns the width of the widest line in pixels.
func (b textBlock) width() int {
	widest := 0
	for _, line := range b.lines {
		widest = max(widest, font.MeasureString(b.face, line).Ceil())
	}
	return widest
}

// height returns the height of all lines in pixels.
func (b textBlock) height() int { return len(b.lines) * b.lineHeight() }

// lineHeight returns the distance from one line to the next in pixels.
func (b textBlock) lineHeight() int { return b.face.Metrics().Height.Ceil() }

// draw writes b into picture, with its upper left corner at corner.
func (b textBlock) draw(picture draw.Image, corner image.Point, colour Colour) {
	pen := font.Drawer{Dst: picture, Src: colour.uniform(), Face: b.face}
	for i, line := range b.lines {
		pen.Dot = fixed.P(corner.X, corner.Y+i*b.lineHeight()+b.face.Metrics().Ascent.Ceil())
		pen.DrawString(line)
	}
}
