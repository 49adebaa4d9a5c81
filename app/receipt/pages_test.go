//go:build e2e

package receipt

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// manyLines returns an answer of n different lines.
func manyLines(n int) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf("%s%d.", strings.Repeat("word ", i%15), i)
	}
	return strings.Join(lines, "\n")
}

// TestLongAnswersContinueOnTheNextPage reads answers that take several pages, both in
// the structure and as they are laid out.
func TestLongAnswersContinueOnTheNextPage(t *testing.T) {
	t.Parallel()
	long, tall := strings.TrimSpace(strings.Repeat("many words ", 600)), manyLines(120)
	path := mustWritePDF(t, receiptWith(i18n.English, tall, long, "the end"))
	lines := structureLines(t, path)
	for _, line := range strings.Split(tall, "\n") {
		if !slices.Contains(lines, `"`+line+`"`) {
			t.Errorf("%q is not one paragraph of the structure", line)
		}
	}
	// Poppler prints an element that is on two pages in two parts.
	all := strings.ReplaceAll(strings.Join(lines, ""), `""`, "")
	if !strings.Contains(all, `"`+long+`"`) || !strings.Contains(all, `"the end"`) {
		t.Errorf("the long answer is not whole in the structure: %s", all)
	}
	for _, page := range strings.Split(strings.TrimSuffix(run(t, "pdftotext", "-layout", path, "-"), "\f"), "\f") {
		lines := strings.Split(strings.TrimSpace(page), "\n")
		foot := strings.Join(strings.Fields(lines[len(lines)-1]), " ")
		if !strings.HasPrefix(foot, i18n.T(i18n.English, "receipt.title")+" · Test Hub Page ") {
			t.Errorf("a page ends with %q", foot)
		}
	}
}

// TestARowStaysOnOnePage checks for each of many rows that its question stands on the
// page of its answer.
func TestARowStaysOnOnePage(t *testing.T) {
	t.Parallel()
	r := receiptWith(i18n.English)
	for i := range 60 {
		r.Parts[0].Rows = append(r.Parts[0].Rows, Row{Label: fmt.Sprintf("question%d.", i), Values: []string{"first", "second", fmt.Sprintf("answer%d.", i)}})
	}
	pages := strings.Split(run(t, "pdftotext", "-layout", mustWritePDF(t, r), "-"), "\f")
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
