//go:build e2e

package receipt

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

func TestPDFIsTagged(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		path := mustWritePDF(t, receiptWith(l, "Zoë (Łuna) \\ ᐃᓄᒃ"))
		want := []string{
			"Document", "P", `"Test Hub"`, "H1", `"` + i18n.T(l, "receipt.title") + `"`, "P", `"` + i18n.T(l, "receipt.lead") + `"`,
			"L", "LI", "Lbl", `"Sent"`, "LBody", "P", `"November 22"`,
			"H2", `"About you"`,
			"L", "LI", "Lbl", `"Left out"`, "LBody", "P", `"` + i18n.T(l, "check.none") + `"`,
			"LI", "Lbl", `"Question"`, "LBody", "P", `"Zoë (Łuna) \ ᐃᓄᒃ"`,
			"H2", `"Consent"`, "L", "LI", "Lbl", `"Oui ou non"`, "LBody", "P", `"Yes"`,
			"H2", `"Questions?"`, "P", `"help@hub.example"`, "P", `"1 Quay Street"`,
		}
		if got := structureLines(t, path); !slices.Equal(got, want) {
			t.Errorf("the structure is\n%q, want\n%q", got, want)
		}
		about := run(t, "pdfinfo", path)
		for _, line := range []string{"Title:           " + i18n.T(l, "receipt.title"), "Tagged:          yes", "Pages:           1", "(letter)", "Sun Nov 22 12:00:00 2026"} {
			if !strings.Contains(about, line) {
				t.Errorf("pdfinfo does not say %q:\n%s", line, about)
			}
		}
		run(t, "qpdf", "--check", path)
		// Other demands of PDF/UA-1, in the objects that are current after the update.
		all := run(t, "qpdf", "--qdf", "--object-streams=disable", path, "-")
		for _, entry := range []string{
			"/Lang (" + l.Tag() + ")", "/Lang (" + l.Other().Tag() + ")", "/DisplayDocTitle true", "/Marked true",
			"<pdfuaid:part>1</pdfuaid:part>", "/Tabs /S", "/StructParents 0",
		} {
			if !strings.Contains(all, entry) {
				t.Errorf("there is no %s", entry)
			}
		}
		if n := strings.Count(all, "/Lang (fr-CA)") + strings.Count(all, "/Lang (en-CA)"); n != 2 {
			t.Errorf("found %d languages, want that of the document and that of one label", n)
		}
	}
}

// TestEverythingShownIsMarkedContent reads the content of every page. Nothing may be
// shown outside of a mark, no mark may begin in another one or end on another page,
// and the marks of a page must be numbered from 0.
func TestEverythingShownIsMarkedContent(t *testing.T) {
	t.Parallel()
	path := mustWritePDF(t, receiptWith(i18n.French, manyLines(120), "short", strings.Repeat("long ", 500)))
	file := run(t, "qpdf", "--qdf", "--object-streams=disable", path, "-")
	pages := 0
	for _, stream := range strings.Split(file, "\nstream\n")[1:] {
		content, _, _ := strings.Cut(stream, "endstream\n")
		if !strings.Contains(content, " BDC\n") {
			continue
		}
		pages++
		open, ids := false, 0
		for line := range strings.Lines(content) {
			shows := strings.Contains(line, " Tj") || strings.HasSuffix(line, " f\n")
			switch begins := strings.HasSuffix(line, " BDC\n"); {
			case begins && open, shows && !open:
				t.Errorf("page %d: %q, inside a mark: %t", pages, line, open)
			case begins:
				open = true
				if _, id, part := strings.Cut(line, "/MCID "); part {
					if want := fmt.Sprintf("%d>> BDC\n", ids); id != want {
						t.Errorf("page %d: %q, want %q", pages, id, want)
					}
					ids++
				}
			case line == "EMC\n":
				open = false
			}
		}
		if open || ids == 0 {
			t.Errorf("page %d ends inside a mark, or has none: %d", pages, ids)
		}
	}
	if pages < 3 {
		t.Errorf("there are %d pages, want several", pages)
	}
}
