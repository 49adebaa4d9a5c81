package brand

import (
	"image"
	"image/draw"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// A textBlock is words, in lines of one size.
type textBlock struct {
	face  font.Face
	lines []string
}

// fitText breaks words into lines, in the largest size from the given one down in
// which they need no more room than a number of pixels. Words that are too many
// for half that size are cut short.
func fitText(typeface *opentype.Font, size float64, words string, width, height int) textBlock {
	for s := size; ; s *= 0.94 {
		face, _ := opentype.NewFace(typeface, &opentype.FaceOptions{Size: s, DPI: 72}) // never fails
		b := textBlock{face, wrapWords(face, words, width)}
		if b.height() <= height && b.width() <= width {
			return b
		}
		if s < size/2 {
			return b.truncate(width, height)
		}
	}
}

// wrapWords puts as many words in a line as its width lets it have, and one at least.
// It breaks no line at a space that holds words together, nor before a dash.
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

// truncate returns as much of b as there is room for, and signs where something is missing.
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

func (b textBlock) width() int {
	widest := 0
	for _, line := range b.lines {
		widest = max(widest, font.MeasureString(b.face, line).Ceil())
	}
	return widest
}

func (b textBlock) height() int { return len(b.lines) * b.lineHeight() }

// lineHeight is how many pixels one line stands below another.
func (b textBlock) lineHeight() int { return b.face.Metrics().Height.Ceil() }

// draw writes b with its upper left corner at that place.
func (b textBlock) draw(picture draw.Image, corner image.Point, colour Colour) {
	pen := font.Drawer{Dst: picture, Src: colour.uniform(), Face: b.face}
	for i, line := range b.lines {
		pen.Dot = fixed.P(corner.X, corner.Y+i*b.lineHeight()+b.face.Metrics().Ascent.Ceil())
		pen.DrawString(line)
	}
}
