package web

import (
	"context"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/unicode/norm"

	"joinery/app/i18n"
	"joinery/app/receipt"
)

// sendReceiptPDF answers with the receipt as a PDF. Without a PDF it redirects to the
// receipt page, which says why.
func (s *Server) sendReceiptPDF(c *fiber.Ctx) error {
	p, err := s.receiptPage(c)
	switch {
	case err != nil:
		return err
	case p.PDF == "":
		return redirect(c, p.Lang, receiptPath)
	}
	file, err := s.pdf(c.UserContext(), p)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, notKept)
	c.Set(fiber.HeaderContentType, "application/pdf")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`inline; filename="%s.pdf"`, i18n.T(p.Lang, "receipt.file")))
	return c.Send(file)
}

// pdfSlot lets one request at a time write a PDF, because each needs much memory for a
// moment.
var pdfSlot = make(chan struct{}, 1)

// pdf writes the PDF of p. It waits for pdfSlot no longer than ctx lasts, so many
// requests at once do not block the others for good.
func (s *Server) pdf(ctx context.Context, p receiptPage) ([]byte, error) {
	select {
	case pdfSlot <- struct{}{}:
		defer func() { <-pdfSlot }()
		return s.document(p).PDF()
	case <-ctx.Done():
		return nil, fmt.Errorf("web: receipt: %w", ctx.Err())
	}
}

// document returns the contents of p for a PDF.
func (s *Server) document(p receiptPage) receipt.Receipt {
	ink := s.Brand.Light.Deep
	r := receipt.Receipt{
		Lang: p.Lang, Name: p.OrgName, Title: p.Title, Lead: i18n.T(p.Lang, "receipt.lead"),
		Facts:   receiptRows(p.Facts),
		Contact: receipt.Contact{Title: i18n.T(p.Lang, "receipt.contact.title")},
		Colour:  [3]uint8{ink.R, ink.G, ink.B}, Created: s.Now(),
	}
	for _, g := range p.Groups {
		r.Parts = append(r.Parts, receipt.Part{Title: g.Title, Rows: receiptRows(g.Rows)})
	}
	r.Parts = append(r.Parts, receipt.Part{Title: i18n.T(p.Lang, "check.consents"), Rows: receiptRows(p.Consents), WideLabels: true})
	r.Contact.Lines = append([]string{i18n.T(p.Lang, "receipt.contact.text", p.Contact), p.OrgName}, strings.Split(p.PostalAddress, "\n")...)
	return r
}

// receiptRows returns rows for a PDF. Their letters are composed (NFC), because the
// fonts have accents on letters and not after them.
func receiptRows(rows []answerRow) []receipt.Row {
	all := make([]receipt.Row, len(rows))
	for i, r := range rows {
		all[i] = receipt.Row{Label: r.Label, Lang: r.LabelLang}
		for _, v := range r.Values {
			all[i].Values = append(all[i].Values, norm.NFC.String(v))
		}
	}
	return all
}
