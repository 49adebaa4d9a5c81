// Package receipt writes what somebody has sent as a PDF, for them to keep: of
// real text that can be searched and copied, in a known language, and tagged, so
// that it can be read aloud in the right order. It follows PDF/UA-1.
package receipt

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"time"

	"joinery/app/i18n"
)

// A Receipt is what is written, in words.
type Receipt struct {
	Lang    i18n.Lang
	Name    string // of the organization
	Title   string
	Lead    string
	Facts   []Row // about what was sent
	Parts   []Part
	Contact Contact
	Colour  [3]uint8 // red, green and blue of what stands out; readable on white
	Created time.Time
}

// A Part is what was answered to some questions.
type Part struct {
	Title      string
	Rows       []Row
	WideLabels bool // the labels take more room than the values
}

// A Row is a question and the answer to it.
type Row struct {
	Label  string
	Lang   i18n.Lang // of the label
	Values []string  // each may have several lines; none: not provided
}

// A Contact says where people can turn to.
type Contact struct {
	Title string
	Lines []string
}

// Writable reports whether PDF can write every sign of r rightly.
func (r Receipt) Writable() bool {
	for _, text := range r.texts() {
		if !isWritable(text) {
			return false
		}
	}
	return true
}

// texts returns all that is written.
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

// PDF returns r as a PDF for paper of the size Letter. It takes some 20 ms and
// some 20 MB meanwhile. A receipt that is not Writable is an error.
func (r Receipt) PDF() ([]byte, error) {
	if !r.Writable() {
		return nil, errors.New("receipt: there are signs that cannot be written")
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

// writeTo writes r from top to bottom.
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

// metadata returns what programs that keep PDFs want to know.
func (r Receipt) metadata() []byte {
	var title bytes.Buffer
	if err := xml.EscapeText(&title, []byte(r.Title)); err != nil {
		panic(err) // a buffer takes everything
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
