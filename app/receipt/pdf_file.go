package receipt

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// A pdfFile is a file as fpdf has pdfFile it.
type pdfFile struct {
	data            []byte
	xrefOffset      int   // where the table of the offsets stands
	offsets         []int // of the objects, by number
	pages           []int // the numbers of the pages, in their order
	catalogue, info int   // their numbers
}

var errFormat = errors.New("receipt: the file is not as fpdf writes it")

// parsePDF finds its way in a file that fpdf has written. Those of other programs
// look different.
func parsePDF(pdf []byte) (pdfFile, error) {
	w := pdfFile{data: pdf}
	end := bytes.LastIndex(pdf, []byte("\nstartxref\n"))
	if end < 0 {
		return w, errFormat
	}
	if _, err := fmt.Sscanf(string(pdf[end:]), "\nstartxref\n%d\n", &w.xrefOffset); err != nil || w.xrefOffset < 0 || w.xrefOffset > end {
		return w, errFormat
	}
	offsets, trailer, _ := strings.Cut(string(pdf[w.xrefOffset:end]), "trailer\n")
	var objects int
	if _, err := fmt.Sscanf(trailer, "<<\n/Size %d\n/Root %d 0 R\n/Info %d 0 R\n", &objects, &w.catalogue, &w.info); err != nil {
		return w, errFormat
	}
	return w, w.readObjects(offsets, objects)
}

// readObjects reads the table of the offsets and finds the pages.
func (w *pdfFile) readObjects(table string, objects int) error {
	lines := strings.Split(table, "\n")
	if len(lines) < objects+2 { // two stand before the first offset
		return errFormat
	}
	for i, line := range lines[2 : objects+2] {
		var offset int
		if _, err := fmt.Sscanf(line, "%d ", &offset); err != nil || offset < 0 || offset > w.xrefOffset {
			return errFormat
		}
		w.offsets = append(w.offsets, offset)
		if strings.HasPrefix(w.object(i), "<</Type /Page\n") {
			w.pages = append(w.pages, i)
		}
	}
	if len(w.pages) == 0 || !strings.Contains(w.object(w.catalogue), "/Type /Catalog\n") {
		return errFormat
	}
	return nil
}

// object returns what stands in an object, or "" if it is not there.
func (w *pdfFile) object(number int) string {
	if number <= 0 || number >= len(w.offsets) {
		return ""
	}
	head := fmt.Appendf(nil, "%d 0 obj\n", number)
	content, found := bytes.CutPrefix(w.data[w.offsets[number]:w.xrefOffset], head)
	if !found {
		return ""
	}
	content, _, _ = bytes.Cut(content, []byte("\nendobj\n"))
	return string(content)
}
