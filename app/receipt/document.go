package receipt

import (
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"joinery/app/i18n"
	"joinery/app/typeface"
)

// A column is a list of lines, one below the other, from x to the right.
type column struct {
	x     float64
	lines []line
}

// A document is a PDF that is written from top to bottom. Everything that it shows
// is marked: as content of an element of the structure, or as an artifact, which
// screen readers pass over.
type document struct {
	Receipt
	pdf        *fpdf.Fpdf
	fonts      map[*typeface.Font]bool // those that pdf has
	root       *element
	y          float64 // where the next line begins on the current page
	markCounts []int   // the number of marks on each page
}

// newDocument returns an empty document with the metadata of r.
func newDocument(r Receipt) *document {
	pdf := fpdf.New("P", "pt", "Letter", "")
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0) // a break inside a mark would leave the mark open
	pdf.SetCreationDate(r.Created.UTC())
	pdf.SetModificationDate(r.Created.UTC())
	pdf.SetTitle(r.Title, true)
	pdf.SetAuthor(r.Name, true)
	pdf.SetLang(r.Lang.Tag())
	pdf.SetXmpMetadata(r.metadata())
	d := &document{Receipt: r, pdf: pdf, fonts: make(map[*typeface.Font]bool), root: &element{kind: "Document"}}
	d.newPage()
	d.artifact("Layout", func() {
		d.setFill(brandColour)
		pdf.Rect(0, 0, 612, 9, "F")
	})
	return d
}

// newPage begins a page.
func (d *document) newPage() {
	d.pdf.AddPage()
	d.y, d.markCounts = top, append(d.markCounts, 0)
}

// artifact calls draw and marks what it draws as an artifact of the given type.
func (d *document) artifact(kind string, draw func()) {
	d.pdf.RawWriteStr("/Artifact <</Type /" + kind + ">> BDC")
	draw()
	d.pdf.RawWriteStr("EMC")
}

// beginElement marks what follows, up to EMC, as content of e.
func (d *document) beginElement(e *element) {
	page := d.pdf.PageNo() - 1
	e.marks = append(e.marks, markedContent{page: page, id: d.markCounts[page]})
	d.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", e.kind, d.markCounts[page]))
	d.markCounts[page]++
}

// addSpace moves down by points.
func (d *document) addSpace(points float64) { d.y += points }

// writeBlock writes text over the whole width, with a space below it.
func (d *document) writeBlock(st style, e *element, text string) {
	d.writeColumns(1.35*st.size, column{left, d.textLines(st, e, text, right-left)})
	d.addSpace(0.35 * st.size)
}

// writeHeading writes the heading of a part. It begins a new page where fewer than
// 90 points are left.
func (d *document) writeHeading(title string) {
	if d.y+90 > bottom {
		d.newPage()
	} else {
		d.addSpace(18)
	}
	d.writeBlock(headingStyle, d.root.add("H2", ""), title)
	d.drawRule(brandColour, 1.2)
	d.addSpace(6)
}

// drawRule draws a line over the whole width.
func (d *document) drawRule(t tone, width float64) {
	d.artifact("Layout", func() {
		d.setFill(t)
		d.pdf.Rect(left, d.y, right-left, width, "F")
	})
}

// writeRows writes questions beside their answers. In the structure it is a list,
// each item of which has the question as its label. Share is the part of the width
// that the questions take.
func (d *document) writeRows(rows []Row, share float64) {
	list, middle := d.root.add("L", ""), left+share*(right-left)
	for i, row := range rows {
		if i > 0 {
			d.addSpace(3)
			d.drawRule(paleLine, 0.6)
			d.addSpace(4)
		}
		item := list.add("LI", "")
		label := item.add("Lbl", row.langTag(d.Lang))
		d.writeColumns(rowLeading,
			column{left, d.textLines(labelStyle, label, row.Label, middle-left-columnGap)},
			column{middle, d.valueLines(item.add("LBody", ""), row, right-middle)})
	}
}

// langTag returns the language of the label of r as a tag, or "" if it is that of
// the document.
func (r Row) langTag(document i18n.Lang) string {
	if r.Lang == document || r.Lang == "" {
		return ""
	}
	return r.Lang.Tag()
}

// valueLines returns the values of row as lines that are at most width points wide.
// Each paragraph of a value becomes an element in body.
func (d *document) valueLines(body *element, row Row, width float64) (lines []line) {
	if len(row.Values) == 0 {
		return d.textLines(noneStyle, body.add("P", ""), i18n.T(d.Lang, "check.none"), width)
	}
	for _, value := range row.Values {
		for paragraph := range strings.SplitSeq(value, "\n") {
			if withoutFormatting(paragraph) == "" {
				lines = append(lines, line{})
				continue
			}
			lines = append(lines, d.textLines(valueStyle, body.add("P", ""), paragraph, width)...)
		}
	}
	return lines
}

// textLines returns text, the content of e, as lines that are at most width points
// wide.
func (d *document) textLines(st style, e *element, text string, width float64) (lines []line) {
	text = withoutFormatting(text)
	st = st.in(text)
	d.setStyle(st)
	for _, part := range breakLines(text, int(width/st.size*1000), d.glyphWidth) {
		lines = append(lines, line{text: part, style: st, element: e})
	}
	return lines
}

// glyphWidth returns the width of r in the current font, in thousandths of its
// size.
func (d *document) glyphWidth(r rune) int { return d.pdf.GetStringSymbolWidth(string(r)) }

// writeColumns writes columns side by side, and continues them on new pages. Columns
// of at most keepTogether lines stay on one page.
func (d *document) writeColumns(leading float64, columns ...column) {
	for rest := longestColumn(columns); rest > 0; rest = longestColumn(columns) {
		room := int((bottom - d.y) / leading)
		if room < min(rest, keepTogether) && d.y > top {
			d.newPage()
			continue
		}
		n := min(rest, room)
		for i := range columns {
			c := &columns[i]
			k := min(n, len(c.lines))
			d.writeLines(c.x, leading, c.lines[:k])
			c.lines = c.lines[k:]
		}
		d.y += float64(n) * leading
	}
}

// longestColumn returns the number of lines of the longest column.
func longestColumn(columns []column) (most int) {
	for _, c := range columns {
		most = max(most, len(c.lines))
	}
	return most
}

// writeLines writes lines at x, one below the other, from the current place of the
// page. It does not move that place.
func (d *document) writeLines(x, leading float64, lines []line) {
	var open *element
	for i, l := range lines {
		if open != nil && l.element != open {
			d.pdf.RawWriteStr("EMC")
		}
		if l.element != nil {
			if l.element != open {
				d.beginElement(l.element)
			}
			d.setStyle(l.style)
			d.pdf.Text(x, d.y+float64(i)*leading+0.76*leading, l.text)
		}
		open = l.element
	}
	if open != nil {
		d.pdf.RawWriteStr("EMC")
	}
}

// writeFooters writes the title, the organization and the page number at the foot of
// each page.
func (d *document) writeFooters() {
	pages := d.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		d.pdf.SetPage(n)
		d.artifact("Pagination", func() {
			number := i18n.T(d.Lang, "receipt.page", n, pages)
			d.setStyle(footStyle.in(number))
			d.pdf.Text(right-d.pdf.GetStringWidth(number), footer, number)
			d.pdf.Text(left, footer, d.textLines(footStyle, nil, d.Title+" · "+d.Name, 380)[0].text)
		})
	}
}
