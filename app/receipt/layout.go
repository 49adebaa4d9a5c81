package receipt

// Measures of a page, in points from its upper left corner.
const (
	left, right  = 60.0, 552.0
	top, bottom  = 60.0, 716.0
	footer       = 750.0
	rowLeading   = 15.0 // from one line of a row to the next
	between      = 18.0 // the columns of a row
	together     = 8    // a row of at most so many lines is not broken
	narrow, wide = 0.36, 0.72
)

// A tone is a colour that is chosen for what it is for.
type tone int

const (
	dark tone = iota
	soft
	pale
	brand
)

// A style is how text looks.
type style struct {
	weight string // as fpdf has it
	size   float64
	tone   tone
}

var (
	nameStyle    = style{"B", 10.5, dark}
	titleStyle   = style{"B", 21, brand}
	leadStyle    = style{"", 11, dark}
	headingStyle = style{"B", 13, brand}
	labelStyle   = style{"", 10, soft}
	valueStyle   = style{"", 10.5, dark}
	noneStyle    = style{"", 10.5, soft}
	footStyle    = style{"", 8.5, soft}
)

// use has the text that follows look so.
func (s *sheet) use(st style) {
	c := s.rgb(st.tone)
	s.pdf.SetFont("typeface", st.weight, st.size)
	s.pdf.SetTextColor(int(c[0]), int(c[1]), int(c[2]))
}

// fill has the shapes that follow have a colour.
func (s *sheet) fill(t tone) {
	c := s.rgb(t)
	s.pdf.SetFillColor(int(c[0]), int(c[1]), int(c[2]))
}

func (s *sheet) rgb(t tone) [3]uint8 {
	switch t {
	case soft:
		return [3]uint8{0x50, 0x50, 0x50} // 8 to 1 on white
	case pale:
		return [3]uint8{0xcc, 0xcc, 0xcc}
	case brand:
		return s.Ink
	}
	return [3]uint8{0x1a, 0x1a, 0x1a}
}
