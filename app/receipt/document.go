package receipt

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"joinery/app/i18n"
	"joinery/app/typeface"
)

// A column is lines below each other.
type column struct {
	x     float64
	lines []line
}

// A sheet is a PDF as it is written from top to bottom. Whatever it shows is
// marked: as a part of an element of the structure or as an artifact, which is
// nothing to read.
type sheet struct {
	Receipt
	pdf   *fpdf.Fpdf
	root  *element
	y     float64
	marks []int // how many parts of elements each page has
}

func newSheet(r Receipt) *sheet {
	pdf := fpdf.New("P", "pt", "Letter", "")
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0) // it would not close and open marks
	pdf.SetCreationDate(r.Made.UTC())
	pdf.SetModificationDate(r.Made.UTC())
	pdf.SetTitle(r.Title, true)
	pdf.SetAuthor(r.Name, true)
	pdf.SetLang(r.Lang.Tag())
	pdf.SetXmpMetadata(r.metadata())
	pdf.AddUTF8FontFromBytes("typeface", "", bytes.Clone(typeface.Regular)) // fpdf writes to what it is given
	pdf.AddUTF8FontFromBytes("typeface", "B", bytes.Clone(typeface.Bold))
	s := &sheet{Receipt: r, pdf: pdf, root: &element{kind: "Document"}}
	s.turn()
	s.artifact("Layout", func() {
		s.fill(brand)
		pdf.Rect(0, 0, 612, 9, "F")
	})
	return s
}

// turn begins a page.
func (s *sheet) turn() {
	s.pdf.AddPage()
	s.y, s.marks = top, append(s.marks, 0)
}

// artifact marks what show shows as nothing to read.
func (s *sheet) artifact(kind string, show func()) {
	s.pdf.RawWriteStr("/Artifact <</Type /" + kind + ">> BDC")
	show()
	s.pdf.RawWriteStr("EMC")
}

// begin marks what follows, up to EMC, as the next part of e.
func (s *sheet) begin(e *element) {
	page := s.pdf.PageNo() - 1
	e.marks = append(e.marks, mark{page: page, id: s.marks[page]})
	s.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", e.kind, s.marks[page]))
	s.marks[page]++
}

// space leaves some room free.
func (s *sheet) space(points float64) { s.y += points }

// block writes text over the whole width, and leaves some room below it.
func (s *sheet) block(st style, e *element, text string) {
	s.flow(1.35*st.size, column{left, s.lines(st, e, text, right-left)})
	s.space(0.35 * st.size)
}

// heading begins a part, not at the end of a page.
func (s *sheet) heading(title string) {
	if s.y+90 > bottom {
		s.turn()
	} else {
		s.space(18)
	}
	s.block(headingStyle, s.root.add("H2", ""), title)
	s.rule(brand, 1.2)
	s.space(6)
}

// rule draws a line across the page.
func (s *sheet) rule(t tone, width float64) {
	s.artifact("Layout", func() {
		s.fill(t)
		s.pdf.Rect(left, s.y, right-left, width, "F")
	})
}

// rows writes questions beside their answers: a list, of which each item has
// the question as its label.
func (s *sheet) rows(rows []Row, share float64) {
	list, middle := s.root.add("L", ""), left+share*(right-left)
	for i, row := range rows {
		if i > 0 {
			s.space(3)
			s.rule(pale, 0.6)
			s.space(4)
		}
		item := list.add("LI", "")
		label := item.add("Lbl", row.tag(s.Lang))
		s.flow(rowLeading,
			column{left, s.lines(labelStyle, label, row.Label, middle-left-between)},
			column{middle, s.values(item.add("LBody", ""), row, right-middle)})
	}
}

// tag returns the language of a label, if it is not that of all.
func (r Row) tag(all i18n.Lang) string {
	if r.Lang == all || r.Lang == "" {
		return ""
	}
	return r.Lang.Tag()
}

// values returns the lines of the answers of a row.
func (s *sheet) values(body *element, row Row, width float64) (lines []line) {
	if len(row.Values) == 0 {
		return s.lines(noneStyle, body.add("P", ""), i18n.T(s.Lang, "check.none"), width)
	}
	for _, value := range row.Values {
		for paragraph := range strings.SplitSeq(value, "\n") {
			if plain(paragraph) == "" {
				lines = append(lines, line{})
				continue
			}
			lines = append(lines, s.lines(valueStyle, body.add("P", ""), paragraph, width)...)
		}
	}
	return lines
}

// lines returns text, which belongs to e, in lines of a width.
func (s *sheet) lines(st style, e *element, text string, width float64) (lines []line) {
	s.use(st)
	measure := func(r rune) int { return s.pdf.GetStringSymbolWidth(string(r)) }
	for _, part := range broken(plain(text), int(width/st.size*1000), measure) {
		lines = append(lines, line{text: part, style: st, of: e})
	}
	return lines
}

// flow writes columns side by side, on as many pages as it takes.
func (s *sheet) flow(leading float64, columns ...column) {
	for rest := longest(columns); rest > 0; rest = longest(columns) {
		room := int((bottom - s.y) / leading)
		if room < min(rest, together) && s.y > top {
			s.turn()
			continue
		}
		n := min(rest, room)
		for i := range columns {
			c := &columns[i]
			here := min(n, len(c.lines))
			s.write(c.x, leading, c.lines[:here])
			c.lines = c.lines[here:]
		}
		s.y += float64(n) * leading
	}
}

func longest(columns []column) (most int) {
	for _, c := range columns {
		most = max(most, len(c.lines))
	}
	return most
}

// write writes lines below each other on the page, from where it is.
func (s *sheet) write(x, leading float64, lines []line) {
	var open *element
	for i, l := range lines {
		if open != nil && l.of != open {
			s.pdf.RawWriteStr("EMC")
		}
		if l.of != nil {
			if l.of != open {
				s.begin(l.of)
			}
			s.use(l.style)
			s.pdf.Text(x, s.y+float64(i)*leading+0.76*leading, l.text)
		}
		open = l.of
	}
	if open != nil {
		s.pdf.RawWriteStr("EMC")
	}
}

// foot writes at the foot of each page what it belongs to, and its number.
func (s *sheet) foot() {
	pages := s.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		s.pdf.SetPage(n)
		s.artifact("Pagination", func() {
			s.use(footStyle)
			number := i18n.T(s.Lang, "receipt.page", n, pages)
			s.pdf.Text(right-s.pdf.GetStringWidth(number), footer, number)
			s.pdf.Text(left, footer, broken(plain(s.Title+" · "+s.Name), int(380/footStyle.size*1000), func(r rune) int { return s.pdf.GetStringSymbolWidth(string(r)) })[0])
		})
	}
}
