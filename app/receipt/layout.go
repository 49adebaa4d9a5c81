package receipt

// Measures of a page, in points from its upper left corner.
const (
	left, right              = 60.0, 552.0
	top, bottom              = 60.0, 716.0
	footer                   = 750.0
	rowLeading               = 15.0 // from one line of a row to the next
	columnGap                = 18.0 // the columns of a row
	keepTogether             = 8    // a row of at most so many lines is not broken
	narrowLabels, wideLabels = 0.36, 0.72
)

// A tone is a colour that is chosen for what it is for.
type tone int

const (
	darkText tone = iota
	softText
	paleLine
	brandColour
)

// A style is how text looks.
type style struct {
	weight string // as fpdf has it
	size   float64
	tone   tone
}

var (
	nameStyle    = style{"B", 10.5, darkText}
	titleStyle   = style{"B", 21, brandColour}
	leadStyle    = style{"", 11, darkText}
	headingStyle = style{"B", 13, brandColour}
	labelStyle   = style{"", 10, softText}
	valueStyle   = style{"", 10.5, darkText}
	noneStyle    = style{"", 10.5, softText}
	footStyle    = style{"", 8.5, softText}
)

// setStyle has the text that follows look so.
func (d *document) setStyle(st style) {
	c := d.rgb(st.tone)
	d.pdf.SetFont("typeface", st.weight, st.size)
	d.pdf.SetTextColor(int(c[0]), int(c[1]), int(c[2]))
}

// setFill has the shapes that follow have a colour.
func (d *document) setFill(t tone) {
	c := d.rgb(t)
	d.pdf.SetFillColor(int(c[0]), int(c[1]), int(c[2]))
}

func (d *document) rgb(t tone) [3]uint8 {
	switch t {
	case softText:
		return [3]uint8{0x50, 0x50, 0x50} // 8 to 1 on white
	case paleLine:
		return [3]uint8{0xcc, 0xcc, 0xcc}
	case brandColour:
		return d.Colour
	}
	return [3]uint8{0x1a, 0x1a, 0x1a}
}
