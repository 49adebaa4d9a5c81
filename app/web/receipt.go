package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A receiptPage shows an application to its applicant, to keep.
type receiptPage struct {
	page
	Gone     bool // the receipt has been deleted
	Days     int  // how long a receipt is kept
	Facts    []answerRow
	Groups   []answerGroup
	Consents []answerRow
	Ends     string // when the receipt ends
	Sent     string // the path of the page about the application
	PDF      string // the path of the receipt as a PDF, or ""
}

// A receiptLink is the link to a receipt on the page about the application.
type receiptLink struct {
	Lang      i18n.Lang
	Path      string
	FirstName string // of the applicant, as the receipt tells it
}

// showReceipt shows the receipt in the browser that submitted the application.
func (s *Server) showReceipt(c *fiber.Ctx) error {
	p, err := s.receiptPage(c)
	switch {
	case err != nil:
		return err
	case p.Gone:
		c.Status(fiber.StatusGone)
	}
	return s.render(c, "receipt", p)
}

// receiptPage returns the receipt of the application from this browser, or
// [confirm.ErrNoApplication].
func (s *Server) receiptPage(c *fiber.Ctx) (receiptPage, error) {
	a, err := s.visit(c).application()
	if err != nil {
		return receiptPage{}, err
	}
	r, err := s.Confirm.Receipt(c.UserContext(), a)
	if errors.Is(err, confirm.ErrNoReceipt) {
		return s.noReceipt(c), nil
	}
	if err != nil {
		return receiptPage{}, err
	}
	return s.receiptOf(s.page(c, i18n.T(langOf(c), "receipt.title")), r), nil
}

func (s *Server) noReceipt(c *fiber.Ctx) receiptPage {
	l := langOf(c)
	return receiptPage{
		page: s.page(c, i18n.T(l, "receipt.gone.title")),
		Gone: true,
		Days: int(s.WaitingTTL.Hours() / 24),
		Sent: localPath(l, sentPath),
	}
}

// receiptOf returns the page of r, with frame as its common data.
func (s *Server) receiptOf(frame page, r confirm.Receipt) receiptPage {
	l := frame.Lang
	p := receiptPage{
		page:  frame,
		Facts: s.receiptFacts(l, r),
		Ends:  i18n.Until(l, r.Ends.In(s.Zone), s.Now()),
		Sent:  localPath(l, sentPath),
	}
	for _, section := range r.Definition.SectionsAsked(r.Answers) {
		p.Groups = append(p.Groups, newAnswerGroup(l, r.Definition, section, r.Answers))
	}
	for _, k := range r.Consents {
		p.Consents = append(p.Consents, answerRow{Lang: l, Label: k.Wording, LabelLang: k.Lang, Values: []string{consentAnswer(l, k)}})
	}
	if s.document(p).Writable() {
		p.PDF = localPath(l, receiptPDFPath)
	}
	return p
}

func (s *Server) receiptFacts(l i18n.Lang, r confirm.Receipt) []answerRow {
	state := i18n.T(l, "receipt.waiting", i18n.Until(l, r.Ends.In(s.Zone), s.Now()))
	if r.State == member.Confirmed {
		state = i18n.T(l, "receipt.member", i18n.Time(l, r.Confirmed.In(s.Zone)))
	}
	return []answerRow{
		{Lang: l, Label: i18n.T(l, "receipt.sent"), LabelLang: l, Values: []string{i18n.Time(l, r.Sent.In(s.Zone))}},
		{Lang: l, Label: i18n.T(l, "receipt.state"), LabelLang: l, Values: []string{state}},
	}
}

func consentAnswer(l i18n.Lang, k member.Consent) string {
	if k.Given {
		return i18n.T(l, "receipt.given")
	}
	return i18n.T(l, "receipt.refused")
}

// receiptLink returns the link to the receipt of a on the page p, or nil without a
// receipt.
func (s *Server) receiptLink(c *fiber.Ctx, p page, a member.Application) *receiptLink {
	r, err := s.Confirm.Receipt(c.UserContext(), a)
	if err != nil {
		if !errors.Is(err, confirm.ErrNoReceipt) {
			s.logFailure(c, "page without receipt", err) // the page is useful without the receipt
		}
		return nil
	}
	return &receiptLink{Lang: p.Lang, Path: localPath(p.Lang, receiptPath), FirstName: r.Definition.FirstName(r.Answers)}
}
