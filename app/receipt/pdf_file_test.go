package receipt

import (
	"bytes"
	"errors"
	"testing"

	"codeberg.org/go-pdf/fpdf"
)

// twoPages returns a file of fpdf with two pages and a mark on each.
func twoPages(t *testing.T) []byte {
	t.Helper()
	pdf := fpdf.New("P", "pt", "Letter", "")
	for range 2 {
		pdf.AddPage()
		pdf.RawWriteStr("/P <</MCID 0>> BDC")
		pdf.Rect(10, 10, 10, 10, "F")
		pdf.RawWriteStr("EMC")
	}
	var file bytes.Buffer
	if err := pdf.Output(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestParsePDFFindsPagesAndCatalogue(t *testing.T) {
	t.Parallel()
	w, err := parsePDF(twoPages(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(w.pages) != 2 || w.pages[0] >= w.pages[1] || w.catalogue == 0 || w.info == 0 {
		t.Errorf("read found %v, %d, %d", w.pages, w.catalogue, w.info)
	}
}

// TestParsePDFRefusesOtherFiles cuts and changes a good file in every way that is
// noticed.
func TestParsePDFRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	good := twoPages(t)
	change := func(from, to string) []byte { return bytes.Replace(good, []byte(from), []byte(to), 1) }
	for name, file := range map[string][]byte{
		"nothing":                     nil,
		"no end":                      good[:len(good)/2],
		"no table":                    change("startxref\n", "startxref\n9"),
		"another trailer":             change("/Root ", "/Boot "),
		"more objects than there are": change("/Size ", "/Size 9"),
		"a catalogue that is none":    change("/Type /Catalog", "/Type /Cat"),
		"no pages":                    bytes.ReplaceAll(good, []byte("/Type /Page\n"), []byte("/Type /Sheet\n")),
	} {
		if w, err := parsePDF(file); !errors.Is(err, errFormat) {
			t.Errorf("%s: read found %v, %v", name, w.pages, err)
		}
	}
}
