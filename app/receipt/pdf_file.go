package receipt

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// A pdfFile is a file that fpdf has written, with what is needed to append to it.
type pdfFile struct {
	data            []byte
	xrefOffset      int   // the offset of the cross-reference table
	offsets         []int // of the objects, by their number
	pages           []int // the object numbers of the pages, in their order
	catalogue, info int   // the object numbers of both dictionaries
}

var errFormat = errors.New("receipt: the file is not as fpdf writes it")

// parsePDF finds the objects of a file that fpdf has written. Files of other
// programs may have another format, which is an error.
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

// readObjects reads the cross-reference table and finds the pages.
func (w *pdfFile) readObjects(table string, objects int) error {
	lines := strings.Split(table, "\n")
	if len(lines) < objects+2 { // two lines stand before the first offset
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

// object returns the content of an object, or "" if there is none with the number.
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
