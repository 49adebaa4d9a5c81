package receipt

import (
	"bytes"

	"joinery/app/typeface"
)

// The layout of a page, in points from its upper left corner.
const (
	left, right              = 60.0, 552.0
	top, bottom              = 60.0, 716.0
	footer                   = 750.0
	rowLeading               = 15.0       // distance from one line of a row to the next
	columnGap                = 18.0       // between the columns of a row
	keepTogether             = 8          // a row of at most so many lines stays on one page
	narrowLabels, wideLabels = 0.36, 0.72 // the part of the width that labels take
)

// A tone is a colour by its purpose.
type tone int

const (
	darkText tone = iota
	softText
	paleLine
	brandColour
)

// A style is the font and colour of a text.
type style struct {
	font *typeface.Font
	size float64
	tone tone
}

var (
	nameStyle    = style{typeface.Bold, 10.5, darkText}
	titleStyle   = style{typeface.Title, 21, brandColour}
	leadStyle    = style{typeface.Text, 11, darkText}
	headingStyle = style{typeface.Title, 13, brandColour}
	labelStyle   = style{typeface.Text, 10, softText}
	valueStyle   = style{typeface.Text, 10.5, darkText}
	noneStyle    = style{typeface.Text, 10.5, softText}
	footStyle    = style{typeface.Text, 8.5, softText}
)

// in returns st with the font in which text is written.
func (st style) in(text string) style {
	st.font = st.font.For(text)
	return st
}

// setStyle sets the style of the text that follows.
func (d *document) setStyle(st style) {
	c := d.rgb(st.tone)
	if !d.fonts[st.font] {
		d.fonts[st.font] = true
		d.pdf.AddUTF8FontFromBytes(st.font.Name, "", bytes.Clone(st.font.TrueType)) // fpdf changes the bytes
	}
	d.pdf.SetFont(st.font.Name, "", st.size)
	d.pdf.SetTextColor(int(c[0]), int(c[1]), int(c[2]))
}

// setFill sets the colour of the shapes that follow.
func (d *document) setFill(t tone) {
	c := d.rgb(t)
	d.pdf.SetFillColor(int(c[0]), int(c[1]), int(c[2]))
}

// rgb returns the red, green and blue of t.
func (d *document) rgb(t tone) [3]uint8 {
	switch t {
	case softText:
		return [3]uint8{0x50, 0x50, 0x50} // a contrast of 8 to 1 on white
	case paleLine:
		return [3]uint8{0xcc, 0xcc, 0xcc}
	case brandColour:
		return d.Colour
	}
	return [3]uint8{0x1a, 0x1a, 0x1a}
}
