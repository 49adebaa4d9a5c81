package brand

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
)

// icons returns the mark as the files for which browsers and systems ask.
func icons(main, accent Colour) []File {
	round, square := mark(main, accent, 7), mark(main, accent, 0)
	return []File{
		{"icon.svg", encodeSVG(round)},
		{"favicon.ico", encodeICO(encodePNG(icon(32, round)))},
		{"icon-180.png", encodePNG(icon(180, square))},
		{"icon-192.png", encodePNG(icon(192, round))},
		{"icon-512.png", encodePNG(icon(512, round))},
		{"icon-maskable-512.png", encodePNG(icon(512, square))},
	}
}

// icon draws the mark, size pixels wide and high.
func icon(size int, mark []shape) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, size, size))
	fillShapes(picture, picture.Bounds(), mark)
	return picture
}

// encodeSVG writes the mark as an SVG file.
func encodeSVG(mark []shape) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %[1]d">`, markSize)
	for _, s := range mark {
		fmt.Fprintf(&out, `<path fill="%s" d="%s"/>`, s.fill, s.path)
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}

// encodePNG writes a picture as a PNG file.
func encodePNG(picture image.Image) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		panic(err) // writing to a buffer never fails
	}
	return out.Bytes()
}

// encodeICO writes an ICO file with one picture, a PNG of 32 by 32 pixels.
func encodeICO(picture []byte) []byte {
	header := []byte{
		0, 0, 1, 0, 1, 0, // type: icon; one picture
		32, 32, 0, 0, 1, 0, 32, 0, // width, height, colours
	}
	header = binary.LittleEndian.AppendUint32(header, uint32(len(picture)))
	header = binary.LittleEndian.AppendUint32(header, uint32(len(header)+4)) // the offset of the picture
	return append(header, picture...)
}
