package receipt

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// aReceipt returns a receipt with answers to one question each, beside a consent
// in the other language.
func aReceipt(l i18n.Lang, answers ...string) Receipt {
	r := Receipt{
		Lang: l, Name: "Test Hub", Title: i18n.T(l, "receipt.title"), Lead: i18n.T(l, "receipt.lead"),
		Facts:   []Row{{Label: "Sent", Values: []string{"November 22"}}},
		Contact: Contact{Title: "Questions?", Lines: []string{"help@hub.example", "1 Quay Street"}},
		Ink:     [3]uint8{0x0b, 0x55, 0x50}, Made: noon,
	}
	about := Part{Title: "About you", Rows: []Row{{Label: "Left out"}}}
	for _, answer := range answers {
		about.Rows = append(about.Rows, Row{Label: "Question", Values: []string{answer}})
	}
	consents := Part{Title: "Consent", Wide: true, Rows: []Row{{Label: "Oui ou non", Lang: l.Other(), Values: []string{"Yes"}}}}
	r.Parts = []Part{about, consents}
	return r
}

// mustWrite returns the path of a receipt as a PDF.
func mustWrite(t *testing.T, r Receipt) string {
	t.Helper()
	pdf, err := r.PDF()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "receipt.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// ask returns what a program says of a PDF.
func ask(t *testing.T, program string, args ...string) string {
	t.Helper()
	var said, failed bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stdout, cmd.Stderr = &said, &failed
	if err := cmd.Run(); err != nil || failed.Len() > 0 {
		t.Fatalf("%s %q: %v\n%s%s", program, args, err, said.String(), failed.String())
	}
	return said.String()
}

// structure returns the structure of a PDF as poppler reads it, without indentation:
// elements by their kind, and what is said in them in quotes.
func structure(t *testing.T, path string) (lines []string) {
	t.Helper()
	for line := range strings.Lines(ask(t, "pdfinfo", "-struct-text", path)) {
		lines = append(lines, strings.TrimSuffix(strings.TrimSpace(line), " (block)"))
	}
	return lines
}

func TestPDFIsTagged(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		path := mustWrite(t, aReceipt(l, "Zoë (Łuna) \\ ᐃᓄᒃ"))
		want := []string{
			"Document", "P", `"Test Hub"`, "H1", `"` + i18n.T(l, "receipt.title") + `"`, "P", `"` + i18n.T(l, "receipt.lead") + `"`,
			"L", "LI", "Lbl", `"Sent"`, "LBody", "P", `"November 22"`,
			"H2", `"About you"`,
			"L", "LI", "Lbl", `"Left out"`, "LBody", "P", `"` + i18n.T(l, "check.none") + `"`,
			"LI", "Lbl", `"Question"`, "LBody", "P", `"Zoë (Łuna) \ ᐃᓄᒃ"`,
			"H2", `"Consent"`, "L", "LI", "Lbl", `"Oui ou non"`, "LBody", "P", `"Yes"`,
			"H2", `"Questions?"`, "P", `"help@hub.example"`, "P", `"1 Quay Street"`,
		}
		if got := structure(t, path); !slices.Equal(got, want) {
			t.Errorf("the structure is\n%q, want\n%q", got, want)
		}
		about := ask(t, "pdfinfo", path)
		for _, line := range []string{"Title:           " + i18n.T(l, "receipt.title"), "Tagged:          yes", "Pages:           1", "(letter)", "Sun Nov 22 12:00:00 2026"} {
			if !strings.Contains(about, line) {
				t.Errorf("pdfinfo does not say %q:\n%s", line, about)
			}
		}
		ask(t, "qpdf", "--check", path)
		// What else PDF/UA-1 asks for, as qpdf finds it by way of the newest objects.
		all := ask(t, "qpdf", "--qdf", "--object-streams=disable", path, "-")
		for _, entry := range []string{
			"/Lang (" + l.Tag() + ")", "/Lang (" + l.Other().Tag() + ")", "/DisplayDocTitle true", "/Marked true",
			"<pdfuaid:part>1</pdfuaid:part>", "/Tabs /S", "/StructParents 0",
		} {
			if !strings.Contains(all, entry) {
				t.Errorf("there is no %s", entry)
			}
		}
		if n := strings.Count(all, "/Lang (fr-CA)") + strings.Count(all, "/Lang (en-CA)"); n != 2 {
			t.Errorf("%d languages are told, want that of the document and that of one label", n)
		}
	}
}
