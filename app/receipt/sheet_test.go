package receipt

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// manyLines returns an answer of so many lines, of which each is another.
func manyLines(n int) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf("%s%d.", strings.Repeat("word ", i%15), i)
	}
	return strings.Join(lines, "\n")
}

// TestEverythingShownIsMarked reads the content of every page: nothing is shown
// outside of a mark, no mark begins in another or ends on another page, and
// those of a page are counted from 0.
func TestEverythingShownIsMarked(t *testing.T) {
	t.Parallel()
	path := mustWrite(t, aReceipt(i18n.French, manyLines(120), "short", strings.Repeat("long ", 500)))
	file := ask(t, "qpdf", "--qdf", "--object-streams=disable", path, "-")
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
				t.Errorf("page %d: %q in a mark: %t", pages, line, open)
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
			t.Errorf("page %d ends in a mark, or has none: %d", pages, ids)
		}
	}
	if pages < 3 {
		t.Errorf("there are %d pages, want several", pages)
	}
}

// TestAnswersGoOverPages reads what stands on several pages, as it is tagged and
// as it is laid out.
func TestAnswersGoOverPages(t *testing.T) {
	t.Parallel()
	long, tall := strings.TrimSpace(strings.Repeat("many words ", 600)), manyLines(120)
	path := mustWrite(t, aReceipt(i18n.English, tall, long, "the end"))
	said := structure(t, path)
	for _, line := range strings.Split(tall, "\n") {
		if !slices.Contains(said, `"`+line+`"`) {
			t.Errorf("%q is not said in one paragraph", line)
		}
	}
	// Of an element on two pages, poppler tells each part.
	all := strings.ReplaceAll(strings.Join(said, ""), `""`, "")
	if !strings.Contains(all, `"`+long+`"`) || !strings.Contains(all, `"the end"`) {
		t.Errorf("the long answer is not said as a whole: %s", all)
	}
	for _, page := range strings.Split(strings.TrimSuffix(ask(t, "pdftotext", "-layout", path, "-"), "\f"), "\f") {
		lines := strings.Split(strings.TrimSpace(page), "\n")
		foot := strings.Join(strings.Fields(lines[len(lines)-1]), " ")
		if !strings.HasPrefix(foot, i18n.T(i18n.English, "receipt.title")+" · Test Hub Page ") {
			t.Errorf("a page ends with %q", foot)
		}
	}
}

// TestRowsStayTogether looks for each of many rows whether its question stands
// on the page of its answer.
func TestRowsStayTogether(t *testing.T) {
	t.Parallel()
	r := aReceipt(i18n.English)
	for i := range 60 {
		r.Parts[0].Rows = append(r.Parts[0].Rows, Row{Label: fmt.Sprintf("question%d.", i), Values: []string{"first", "second", fmt.Sprintf("answer%d.", i)}})
	}
	pages := strings.Split(ask(t, "pdftotext", "-layout", mustWrite(t, r), "-"), "\f")
	if len(pages) < 4 {
		t.Errorf("there are %d pages, want several", len(pages)-1)
	}
	for i := range 60 {
		question, answer := fmt.Sprintf("question%d.", i), fmt.Sprintf("answer%d.", i)
		if !slices.ContainsFunc(pages, func(page string) bool { return strings.Contains(page, question) && strings.Contains(page, answer) }) {
			t.Errorf("%s stands on another page than %s", question, answer)
		}
	}
}

// TestPDFOfWhatNobodyExpects writes what no honest person would answer.
func TestPDFOfWhatNobodyExpects(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"a word of 1,000 characters":       strings.Repeat("W", 1000),
		"1,000 marks on one letter":        "x" + strings.Repeat("\u0331", 1000),
		"1,000 marks on none":              strings.Repeat("\u0331", 1000),
		"500 lines":                        strings.Repeat("x\n", 500),
		"1,000 line ends":                  strings.Repeat("\n", 1000),
		"1,000 blanks":                     strings.Repeat(" ", 1000),
		"1,000 no-break spaces":            strings.Repeat("\u00a0", 1000),
		"only marks of direction":          strings.Repeat("\u200f\u202e", 500),
		"brackets that open":               strings.Repeat("(", 1000),
		"brackets that close":              strings.Repeat(")", 1000),
		"backslashes":                      strings.Repeat("\\", 999),
		"the end of a text, and a command": ") Tj ET EMC Q endstream endobj",
		"a mark of its own":                "/P <</MCID 0>> BDC",
		"the alias of a number":            "{nb} {{nb}} %d %!s(int=1)",
		"signs whose bytes are controls":   "\u0a0d\u010a\u0d0a Ċ č",
		"controls":                         "a\x00b\x1bc\td\re\x7f",
		"bytes that are no text":           "a\xff\xfeb",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := aReceipt(i18n.French, answer, "and after")
			if !r.Writable() {
				if _, err := r.PDF(); err == nil {
					t.Error("PDF of what is not writable: no error")
				}
				return
			}
			path := mustWrite(t, r)
			ask(t, "qpdf", "--check", path)
			if said := structure(t, path); !slices.Contains(said, `"and after"`) || said[len(said)-1] != `"1 Quay Street"` {
				t.Errorf("behind the answer %q is said", said[len(said)-4:])
			}
		})
	}
}

// BenchmarkPDF tells what a receipt of usual length takes, and how large it is.
func BenchmarkPDF(b *testing.B) {
	r := aReceipt(i18n.French, slices.Repeat([]string{"Une réponse d’une longueur habituelle, de Zoë Łukasz"}, 30)...)
	b.ReportAllocs()
	for b.Loop() {
		pdf, err := r.PDF()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(pdf)), "bytes")
	}
}
