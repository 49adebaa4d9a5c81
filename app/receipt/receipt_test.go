package receipt

import (
	"slices"
	"testing"
	"time"

	"joinery/app/i18n"
)

var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// receiptWith returns a receipt with the given answers, each to a question of its
// own, and with a consent in the other language.
func receiptWith(l i18n.Lang, answers ...string) Receipt {
	r := Receipt{
		Lang: l, Name: "Test Hub", Title: i18n.T(l, "receipt.title"), Lead: i18n.T(l, "receipt.lead"),
		Facts:   []Row{{Label: "Sent", Values: []string{"November 22"}}},
		Contact: Contact{Title: "Questions?", Lines: []string{"help@hub.example", "1 Quay Street"}},
		Colour:  [3]uint8{0x0b, 0x55, 0x50}, Created: noon,
	}
	about := Part{Title: "About you", Rows: []Row{{Label: "Left out"}}}
	for _, answer := range answers {
		about.Rows = append(about.Rows, Row{Label: "Question", Values: []string{answer}})
	}
	consents := Part{Title: "Consent", WideLabels: true, Rows: []Row{{Label: "Oui ou non", Lang: l.Other(), Values: []string{"Yes"}}}}
	r.Parts = []Part{about, consents}
	return r
}

// BenchmarkPDF measures the time, the memory and the size of a receipt of usual
// length.
func BenchmarkPDF(b *testing.B) {
	r := receiptWith(i18n.French, slices.Repeat([]string{"Une réponse d’une longueur habituelle, de Zoë Łukasz"}, 30)...)
	b.ReportAllocs()
	for b.Loop() {
		pdf, err := r.PDF()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(pdf)), "bytes")
	}
}
