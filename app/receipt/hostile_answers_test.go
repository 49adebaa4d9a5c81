//go:build e2e

package receipt

import (
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestHostileAnswersMakeAValidPDF writes answers that are extreme or try to break the
// PDF.
func TestHostileAnswersMakeAValidPDF(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"a word of 1,000 characters":          strings.Repeat("W", 1000),
		"1,000 marks on one letter":           "x" + strings.Repeat("\u0331", 1000),
		"1,000 marks on none":                 strings.Repeat("\u0331", 1000),
		"500 lines":                           strings.Repeat("x\n", 500),
		"1,000 line ends":                     strings.Repeat("\n", 1000),
		"1,000 blanks":                        strings.Repeat(" ", 1000),
		"1,000 no-break spaces":               strings.Repeat("\u00a0", 1000),
		"only marks of direction":             strings.Repeat("\u200f\u202e", 500),
		"brackets that open":                  strings.Repeat("(", 1000),
		"brackets that close":                 strings.Repeat(")", 1000),
		"backslashes":                         strings.Repeat("\\", 999),
		"the end of a text, and a command":    ") Tj ET EMC Q endstream endobj",
		"a mark of its own":                   "/P <</MCID 0>> BDC",
		"the alias of a number":               "{nb} {{nb}} %d %!s(int=1)",
		"characters whose bytes are controls": "\u0a0d\u010a\u0d0a Ċ č",
		"controls":                            "a\x00b\x1bc\td\re\x7f",
		"bytes that are no text":              "a\xff\xfeb",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := receiptWith(i18n.French, answer, "and after")
			if !r.Writable() {
				if _, err := r.PDF(); err == nil {
					t.Error("PDF of what is not writable: no error")
				}
				return
			}
			path := mustWritePDF(t, r)
			run(t, "qpdf", "--check", path)
			if lines := structureLines(t, path); !slices.Contains(lines, `"and after"`) || lines[len(lines)-1] != `"1 Quay Street"` {
				t.Errorf("the structure ends with %q", lines[len(lines)-4:])
			}
		})
	}
}

// TestTextCanBeCopied extracts text from the PDF and compares it with the answer.
func TestTextCanBeCopied(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Nguyễn Thị Ánh", "Ελένη Щербак ᐃᓄᒃᑎᑐᑦ", `a\b(c)d)) (`, "X̱aad k̓ala", "« l’été » “quoted”", "< > & %d %s"} {
		path := mustWritePDF(t, receiptWith(i18n.English, text))
		if got := run(t, "pdftotext", path, "-"); !strings.Contains(got, text) {
			t.Errorf("%q is extracted as %q", text, got)
		}
	}
}
