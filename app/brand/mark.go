package brand

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
)

// markSize is how many units the mark is wide and high.
const markSize = 32

// mark returns two boards, one above the other, that a dovetail joins: the tail
// of the upper one widens into the lower one. The line between them lets the
// mark be told on a dark ground, too. Its corners are round, or without roundness
// for systems that cut icons to a shape of their own: of a circle that is four
// fifths as wide as the mark, the tail touches no edge.
func mark(main, accent Colour, round int) []shape {
	end := markSize - round
	return []shape{
		{fmt.Sprintf("M %d 0 L %d 0 Q 32 0 32 %[1]d L 32 %[2]d Q 32 32 %[2]d 32 L %[1]d 32 Q 0 32 0 %[2]d L 0 %[1]d Q 0 0 %[1]d 0 Z", round, end), main},
		{fmt.Sprintf("M 0 11 L 11.35 11 L 7.75 23 L 24.25 23 L 20.65 11 L 32 11 L 32 %[2]d Q 32 32 %[2]d 32 L %[1]d 32 Q 0 32 0 %[2]d Z", round, end), accent},
		{"M 0 10 L 12.7 10 L 9.1 22 L 22.9 22 L 19.3 10 L 32 10 L 32 12 L 22 12 L 25.6 24 L 6.4 24 L 10 12 L 0 12 Z", white},
	}
}

// icons returns the mark as browsers and systems ask for it.
func icons(main, accent Colour) []File {
	round, square := mark(main, accent, 7), mark(main, accent, 0)
	return []File{
		{"icon.svg", svg(round)},
		{"favicon.ico", ico(encode(icon(32, round)))},
		{"icon-180.png", encode(icon(180, square))},
		{"icon-192.png", encode(icon(192, round))},
		{"icon-512.png", encode(icon(512, round))},
		{"icon-maskable-512.png", encode(icon(512, square))},
	}
}

// icon draws the mark as many pixels wide and high.
func icon(size int, mark []shape) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, size, size))
	paint(picture, picture.Bounds(), mark)
	return picture
}

// svg writes the mark as a file.
func svg(mark []shape) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %[1]d">`, markSize)
	for _, s := range mark {
		fmt.Fprintf(&out, `<path fill="%s" d="%s"/>`, s.fill, s.outline)
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}

// encode writes a picture as PNG.
func encode(picture image.Image) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}

// ico makes an icon of one PNG of 32 by 32 pixels.
func ico(inside []byte) []byte {
	head := []byte{
		0, 0, 1, 0, 1, 0, // an icon, one picture
		32, 32, 0, 0, 1, 0, 32, 0, // how large, in how many colours
	}
	head = binary.LittleEndian.AppendUint32(head, uint32(len(inside)))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(head)+4)) // where it begins
	return append(head, inside...)
}
