//go:build e2e

package web

import (
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"joinery/app/i18n"
)

func TestReceiptPDFShowsTheAnswers(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.sendWithText(l, "Zoë (Łuna) \\ l’été")
		v.open("/" + string(l) + "/apply/receipt")
		shown := v.page.answersShown()
		words := pdfWords(t, v.request(http.MethodGet, v.page.link(i18n.T(l, "receipt.pdf")), nil).body)
		for _, want := range append(shown, "help@hub.example", "1 Quay Street, Harbour QC", org.In(l)) {
			if !strings.Contains(words, strings.Join(strings.Fields(want), " ")) {
				t.Errorf("the PDF does not say %q: %s", want, words)
			}
		}
		v.wantNoSecret(s.link(t, 1), words)
	}
}

// pdfWords returns the words of a PDF in the order of its structure, with single
// spaces.
func pdfWords(t *testing.T, pdf string) string {
	t.Helper()
	read := exec.CommandContext(t.Context(), "pdfinfo", "-struct-text", "-")
	read.Stdin = strings.NewReader(pdf)
	out, err := read.Output()
	if err != nil {
		t.Fatalf("pdfinfo: %v", err)
	}
	var words []string
	for line := range strings.Lines(string(out)) {
		if said, found := strings.CutPrefix(strings.TrimSpace(line), `"`); found {
			words = append(words, strings.Fields(strings.TrimSuffix(said, `"`))...)
		}
	}
	return strings.Join(words, " ")
}
