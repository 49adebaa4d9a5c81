package receipt

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// A written is a file as fpdf has written it.
type written struct {
	pdf             []byte
	table           int   // where the table of the offsets stands
	offsets         []int // of the objects, by number
	pages           []int // the numbers of the pages, in their order
	catalogue, info int   // their numbers
}

var errUnknown = errors.New("receipt: the file is not as fpdf writes it")

// read finds its way in a file that fpdf has written. Those of other programs
// look different.
func read(pdf []byte) (written, error) {
	w := written{pdf: pdf}
	end := bytes.LastIndex(pdf, []byte("\nstartxref\n"))
	if end < 0 {
		return w, errUnknown
	}
	if _, err := fmt.Sscanf(string(pdf[end:]), "\nstartxref\n%d\n", &w.table); err != nil || w.table < 0 || w.table > end {
		return w, errUnknown
	}
	offsets, trailer, _ := strings.Cut(string(pdf[w.table:end]), "trailer\n")
	var objects int
	if _, err := fmt.Sscanf(trailer, "<<\n/Size %d\n/Root %d 0 R\n/Info %d 0 R\n", &objects, &w.catalogue, &w.info); err != nil {
		return w, errUnknown
	}
	return w, w.find(offsets, objects)
}

// find reads the table of the offsets and finds the pages.
func (w *written) find(table string, objects int) error {
	lines := strings.Split(table, "\n")
	if len(lines) < objects+2 { // two stand before the first offset
		return errUnknown
	}
	for i, line := range lines[2 : objects+2] {
		var offset int
		if _, err := fmt.Sscanf(line, "%d ", &offset); err != nil || offset < 0 || offset > w.table {
			return errUnknown
		}
		w.offsets = append(w.offsets, offset)
		if strings.HasPrefix(w.object(i), "<</Type /Page\n") {
			w.pages = append(w.pages, i)
		}
	}
	if len(w.pages) == 0 || !strings.Contains(w.object(w.catalogue), "/Type /Catalog\n") {
		return errUnknown
	}
	return nil
}

// object returns what stands in an object, or "" if it is not there.
func (w *written) object(number int) string {
	if number <= 0 || number >= len(w.offsets) {
		return ""
	}
	head := fmt.Appendf(nil, "%d 0 obj\n", number)
	content, found := bytes.CutPrefix(w.pdf[w.offsets[number]:w.table], head)
	if !found {
		return ""
	}
	content, _, _ = bytes.Cut(content, []byte("\nendobj\n"))
	return string(content)
}
