// Package receipt writes the answers of an application as a PDF for the applicant
// to keep. The PDF has real text, which can be searched and copied, states its
// language, and is tagged, so that a screen reader reads it in the right order. It
// follows PDF/UA-1.
//
// [Receipt.PDF] works in two steps. Library fpdf lays out the pages and marks the
// text (document.go); it cannot write what the marks mean. The logical structure is
// therefore appended to its file (structure.go), as PDF allows for changes.
package receipt

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"time"

	"joinery/app/i18n"
)

// A Receipt is the content of a PDF, in the texts that it shows.
type Receipt struct {
	Lang    i18n.Lang
	Name    string // of the organization
	Title   string
	Lead    string // the paragraph below the title
	Facts   []Row  // about the application, such as when it was sent
	Parts   []Part
	Contact Contact
	Colour  [3]uint8  // of the title and headings, in sRGB; readable on white
	Created time.Time // in the metadata of the PDF
}

// A Part is a heading with questions and their answers.
type Part struct {
	Title      string
	Rows       []Row
	WideLabels bool // gives the labels more width than the values
}

// A Row is a question and its answer.
type Row struct {
	Label  string
	Lang   i18n.Lang // of the label; "": that of the receipt
	Values []string  // each may have several lines; none: the row says that there is no answer
}

// A Contact is the part at the end that says how to reach the organization.
type Contact struct {
	Title string
	Lines []string
}

// Writable reports whether PDF can write every character of r correctly. It cannot
// write scripts that need shaping or run from right to left, nor characters that
// the typeface does not have.
func (r Receipt) Writable() bool {
	for _, text := range r.texts() {
		if !isWritable(text) {
			return false
		}
	}
	return true
}

// texts returns every text of r.
func (r Receipt) texts() []string {
	texts := append([]string{r.Name, r.Title, r.Lead, r.Contact.Title}, r.Contact.Lines...)
	for _, part := range append([]Part{{Rows: r.Facts}}, r.Parts...) {
		texts = append(texts, part.Title)
		for _, row := range part.Rows {
			texts = append(append(texts, row.Label), row.Values...)
		}
	}
	return texts
}

// PDF returns r as a PDF on Letter paper. It returns an error if r is not Writable.
// A call takes about 20 ms and, while it runs, 20 MB of memory. Calls may run
// concurrently.
func (r Receipt) PDF() ([]byte, error) {
	if !r.Writable() {
		return nil, errors.New("receipt: there are characters that cannot be written")
	}
	d := newDocument(r)
	r.writeTo(d)
	d.writeFooters()
	var plain bytes.Buffer
	if err := d.pdf.Output(&plain); err != nil {
		return nil, fmt.Errorf("receipt: %w", err)
	}
	return addStructure(plain.Bytes(), d.root)
}

// writeTo writes the content of r to d, from top to bottom.
func (r Receipt) writeTo(d *document) {
	d.writeBlock(nameStyle, d.root.add("P", ""), r.Name)
	d.writeBlock(titleStyle, d.root.add("H1", ""), r.Title)
	d.writeBlock(leadStyle, d.root.add("P", ""), r.Lead)
	d.addSpace(6)
	d.writeRows(r.Facts, narrowLabels)
	for _, part := range r.Parts {
		share := narrowLabels
		if part.WideLabels {
			share = wideLabels
		}
		d.writeHeading(part.Title)
		d.writeRows(part.Rows, share)
	}
	d.writeHeading(r.Contact.Title)
	for _, line := range r.Contact.Lines {
		d.writeColumns(rowLeading, column{left, d.textLines(valueStyle, d.root.add("P", ""), line, right-left)})
	}
}

// metadata returns the XMP metadata of the PDF. PDF/UA-1 demands it.
func (r Receipt) metadata() []byte {
	var title bytes.Buffer
	if err := xml.EscapeText(&title, []byte(r.Title)); err != nil {
		panic(err) // writing to a buffer never fails
	}
	return fmt.Appendf(nil, `<?xpacket begin="%s" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, "\ufeff", title.String(), r.Lang.Tag())
}
