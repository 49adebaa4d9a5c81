package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"joinery/app/i18n"
)

func TestReceiptAsPDF(t *testing.T) {
	t.Parallel()
	for l, name := range map[i18n.Lang]string{i18n.English: "membership-application.pdf", i18n.French: "demande-d-adhesion.pdf"} {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.sendWithText(l, "Zoë (Łuna) \\ l’été")
		v.open("/" + string(l) + "/apply/receipt")
		p := v.request(http.MethodGet, v.page.link(i18n.T(l, "receipt.pdf")), nil)
		for key, want := range map[string]string{
			"Content-Type": "application/pdf", "Content-Disposition": `inline; filename="` + name + `"`,
			"Cache-Control": "no-store, no-cache", "X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex",
		} {
			if got := p.header.Get(key); got != want {
				t.Errorf("%s is %q, want %q", key, got, want)
			}
		}
		if !strings.HasPrefix(p.body, "%PDF-") {
			t.Errorf("the receipt is no PDF: %.20q", p.body)
		}
	}
}

// TestThePDFWaitEndsWithTheRequest asks for a PDF while another one is being written.
func TestThePDFWaitEndsWithTheRequest(t *testing.T) {
	pdfSlot <- struct{}{}
	defer func() { <-pdfSlot }()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if file, err := new(Server).pdf(ctx, receiptPage{}); len(file) > 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("out of turn there is a PDF of %d bytes, %v", len(file), err)
	}
}

// TestReceiptWithCharactersThatThePDFLacks wants a receipt page that says why there is
// no PDF.
func TestReceiptWithCharactersThatThePDFLacks(t *testing.T) {
	t.Parallel()
	for l, name := range map[i18n.Lang]string{i18n.English: "李小龍", i18n.French: "محمد"} {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.sendWithText(l, name)
		if v.page.link(i18n.T(l, "receipt.keep.page")) == "" || v.page.link(i18n.T(l, "receipt.pdf")) != "" {
			t.Errorf("the page of %s offers a PDF, or no page", name)
		}
		v.open("/" + string(l) + "/apply/receipt.pdf")
		v.want(http.StatusOK, i18n.T(l, "receipt.title"))
		if v.page.url.Path != "/"+string(l)+"/apply/receipt" {
			t.Errorf("the PDF leads to %s", v.page.url.Path)
		}
		words := v.page.text()
		if !strings.Contains(words, name) || !strings.Contains(words, i18n.T(l, "receipt.no_pdf")) || v.page.link(i18n.T(l, "receipt.pdf")) != "" {
			t.Errorf("the page of %s says %s", name, words)
		}
	}
}
