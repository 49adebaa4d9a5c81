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
	d := &document{Receipt: r, pdf: pdf, root: &element{kind: "Document"}}
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

// artifact marks what show shows as nothing to read.
func (d *document) artifact(kind string, show func()) {
	d.pdf.RawWriteStr("/Artifact <</Type /" + kind + ">> BDC")
	show()
	d.pdf.RawWriteStr("EMC")
}

// beginElement marks what follows, up to EMC, as the next part of e.
func (d *document) beginElement(e *element) {
	page := d.pdf.PageNo() - 1
	e.marks = append(e.marks, markedContent{page: page, id: d.markCounts[page]})
	d.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", e.kind, d.markCounts[page]))
	d.markCounts[page]++
}

// addSpace leaves some room free.
func (d *document) addSpace(points float64) { d.y += points }

// writeBlock writes text over the whole width, and leaves some room below it.
func (d *document) writeBlock(st style, e *element, text string) {
	d.writeColumns(1.35*st.size, column{left, d.textLines(st, e, text, right-left)})
	d.addSpace(0.35 * st.size)
}

// writeHeading begins a part, not at the end of a page.
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

// drawRule draws a line across the page.
func (d *document) drawRule(t tone, width float64) {
	d.artifact("Layout", func() {
		d.setFill(t)
		d.pdf.Rect(left, d.y, right-left, width, "F")
	})
}

// writeRows writes questions beside their answers: a list, of which each item has
// the question as its label.
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

// langTag returns the language of a label, if it is not that of all.
func (r Row) langTag(all i18n.Lang) string {
	if r.Lang == all || r.Lang == "" {
		return ""
	}
	return r.Lang.Tag()
}

// valueLines returns the lines of the answers of a row.
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

// textLines returns text, which belongs to e, in textLines of a width.
func (d *document) textLines(st style, e *element, text string, width float64) (lines []line) {
	d.setStyle(st)
	for _, part := range breakLines(withoutFormatting(text), int(width/st.size*1000), d.glyphWidth) {
		lines = append(lines, line{text: part, style: st, element: e})
	}
	return lines
}

// glyphWidth returns the width of r in the current font, in thousandths of its
// size.
func (d *document) glyphWidth(r rune) int { return d.pdf.GetStringSymbolWidth(string(r)) }

// writeColumns writes columns side by side, on as many pages as it takes.
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

func longestColumn(columns []column) (most int) {
	for _, c := range columns {
		most = max(most, len(c.lines))
	}
	return most
}

// writeLines writes lines below each other on the page, from where it is.
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

// writeFooters writes at the writeFooters of each page what it belongs to, and its number.
func (d *document) writeFooters() {
	pages := d.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		d.pdf.SetPage(n)
		d.artifact("Pagination", func() {
			d.setStyle(footStyle)
			number := i18n.T(d.Lang, "receipt.page", n, pages)
			d.pdf.Text(right-d.pdf.GetStringWidth(number), footer, number)
			d.pdf.Text(left, footer, breakLines(withoutFormatting(d.Title+" · "+d.Name), int(380/footStyle.size*1000), d.glyphWidth)[0])
		})
	}
}
