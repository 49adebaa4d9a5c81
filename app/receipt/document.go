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

// A document is a PDF as it is written from top to bottom. Whatever it shows is
// marked: as a part of an element of the structure or as an artifact, which is
// nothing to read.
type document struct {
	Receipt
	pdf        *fpdf.Fpdf
	root       *element
	y          float64
	markCounts []int // how many parts of elements each page has
}

func newDocument(r Receipt) *document {
	pdf := fpdf.New("P", "pt", "Letter", "")
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0) // it would not close and open marks
	pdf.SetCreationDate(r.Created.UTC())
	pdf.SetModificationDate(r.Created.UTC())
	pdf.SetTitle(r.Title, true)
	pdf.SetAuthor(r.Name, true)
	pdf.SetLang(r.Lang.Tag())
	pdf.SetXmpMetadata(r.metadata())
	pdf.AddUTF8FontFromBytes("typeface", "", bytes.Clone(typeface.Regular)) // fpdf writes to what it is given
	pdf.AddUTF8FontFromBytes("typeface", "B", bytes.Clone(typeface.Bold))
	s := &document{Receipt: r, pdf: pdf, root: &element{kind: "Document"}}
	s.newPage()
	s.artifact("Layout", func() {
		s.setFill(brandColour)
		pdf.Rect(0, 0, 612, 9, "F")
	})
	return s
}

// newPage begins a page.
func (s *document) newPage() {
	s.pdf.AddPage()
	s.y, s.markCounts = top, append(s.markCounts, 0)
}

// artifact marks what show shows as nothing to read.
func (s *document) artifact(kind string, show func()) {
	s.pdf.RawWriteStr("/Artifact <</Type /" + kind + ">> BDC")
	show()
	s.pdf.RawWriteStr("EMC")
}

// beginElement marks what follows, up to EMC, as the next part of e.
func (s *document) beginElement(e *element) {
	page := s.pdf.PageNo() - 1
	e.marks = append(e.marks, markedContent{page: page, id: s.markCounts[page]})
	s.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", e.kind, s.markCounts[page]))
	s.markCounts[page]++
}

// addSpace leaves some room free.
func (s *document) addSpace(points float64) { s.y += points }

// writeBlock writes text over the whole width, and leaves some room below it.
func (s *document) writeBlock(st style, e *element, text string) {
	s.writeColumns(1.35*st.size, column{left, s.textLines(st, e, text, right-left)})
	s.addSpace(0.35 * st.size)
}

// writeHeading begins a part, not at the end of a page.
func (s *document) writeHeading(title string) {
	if s.y+90 > bottom {
		s.newPage()
	} else {
		s.addSpace(18)
	}
	s.writeBlock(headingStyle, s.root.add("H2", ""), title)
	s.drawRule(brandColour, 1.2)
	s.addSpace(6)
}

// drawRule draws a line across the page.
func (s *document) drawRule(t tone, width float64) {
	s.artifact("Layout", func() {
		s.setFill(t)
		s.pdf.Rect(left, s.y, right-left, width, "F")
	})
}

// writeRows writes questions beside their answers: a list, of which each item has
// the question as its label.
func (s *document) writeRows(rows []Row, share float64) {
	list, middle := s.root.add("L", ""), left+share*(right-left)
	for i, row := range rows {
		if i > 0 {
			s.addSpace(3)
			s.drawRule(paleLine, 0.6)
			s.addSpace(4)
		}
		item := list.add("LI", "")
		label := item.add("Lbl", row.langTag(s.Lang))
		s.writeColumns(rowLeading,
			column{left, s.textLines(labelStyle, label, row.Label, middle-left-columnGap)},
			column{middle, s.valueLines(item.add("LBody", ""), row, right-middle)})
	}
}

// langTag returns the language of a label, if it is not that of all.
func (r Row) langTag(all i18n.Lang) string {
	if r.Lang == all || r.Lang == "" {
		return ""
	}
	return r.Lang.Tag()
}

// valueLines returns the lines of the answers of a row.
func (s *document) valueLines(body *element, row Row, width float64) (lines []line) {
	if len(row.Values) == 0 {
		return s.textLines(noneStyle, body.add("P", ""), i18n.T(s.Lang, "check.none"), width)
	}
	for _, value := range row.Values {
		for paragraph := range strings.SplitSeq(value, "\n") {
			if withoutFormatting(paragraph) == "" {
				lines = append(lines, line{})
				continue
			}
			lines = append(lines, s.textLines(valueStyle, body.add("P", ""), paragraph, width)...)
		}
	}
	return lines
}

// textLines returns text, which belongs to e, in textLines of a width.
func (s *document) textLines(st style, e *element, text string, width float64) (lines []line) {
	s.setStyle(st)
	measure := func(r rune) int { return s.pdf.GetStringSymbolWidth(string(r)) }
	for _, part := range breakLines(withoutFormatting(text), int(width/st.size*1000), measure) {
		lines = append(lines, line{text: part, style: st, element: e})
	}
	return lines
}

// writeColumns writes columns side by side, on as many pages as it takes.
func (s *document) writeColumns(leading float64, columns ...column) {
	for rest := longestColumn(columns); rest > 0; rest = longestColumn(columns) {
		room := int((bottom - s.y) / leading)
		if room < min(rest, keepTogether) && s.y > top {
			s.newPage()
			continue
		}
		n := min(rest, room)
		for i := range columns {
			c := &columns[i]
			here := min(n, len(c.lines))
			s.writeLines(c.x, leading, c.lines[:here])
			c.lines = c.lines[here:]
		}
		s.y += float64(n) * leading
	}
}

func longestColumn(columns []column) (most int) {
	for _, c := range columns {
		most = max(most, len(c.lines))
	}
	return most
}

// writeLines writes lines below each other on the page, from where it is.
func (s *document) writeLines(x, leading float64, lines []line) {
	var open *element
	for i, l := range lines {
		if open != nil && l.element != open {
			s.pdf.RawWriteStr("EMC")
		}
		if l.element != nil {
			if l.element != open {
				s.beginElement(l.element)
			}
			s.setStyle(l.style)
			s.pdf.Text(x, s.y+float64(i)*leading+0.76*leading, l.text)
		}
		open = l.element
	}
	if open != nil {
		s.pdf.RawWriteStr("EMC")
	}
}

// writeFooters writes at the writeFooters of each page what it belongs to, and its number.
func (s *document) writeFooters() {
	pages := s.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		s.pdf.SetPage(n)
		s.artifact("Pagination", func() {
			s.setStyle(footStyle)
			number := i18n.T(s.Lang, "receipt.page", n, pages)
			s.pdf.Text(right-s.pdf.GetStringWidth(number), footer, number)
			s.pdf.Text(left, footer, breakLines(withoutFormatting(s.Title+" · "+s.Name), int(380/footStyle.size*1000), func(r rune) int { return s.pdf.GetStringSymbolWidth(string(r)) })[0])
		})
	}
}
