package web

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

// postChoice records the choice on the page of a link. In the applicant's own browser
// Accept counts at once, because the page that follows confirms.
func (s *Server) postChoice(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	switch readChoice(readPost(c)) {
	case member.Accept:
		return s.recordChoice(c, link, member.Accept, confirmPath(c), s.toConfirmLink)
	case member.Decline:
		return s.recordChoice(c, link, member.Decline, confirmPath(c), s.toDecline)
	}
	return s.redirectToConfirmLink(c)
}

func readChoice(posted url.Values) member.Choice { return member.Choice(posted.Get("choice")) }

// recordChoice records a choice on the page of a link, which has the given path, and
// calls then. A page without a valid token may be more than a day old: then
// recordChoice records nothing, and the page asks for one more press.
func (s *Server) recordChoice(c *fiber.Ctx, link confirm.Link, choice member.Choice, path string, then func(c *fiber.Ctx, tooFast bool) error) error {
	age, known := s.tokenKey.age(readPost(c).Get(tokenField), s.Now())
	_, over := finalStatuses[link.Status]
	switch {
	case over:
		return s.redirectToConfirmLink(c)
	case !known:
		return s.redirectWithNote(c, langOf(c), path, noteOnceMore)
	}
	if err := s.Confirm.RecordChoice(c.UserContext(), link, choice, age < minReadTime); err != nil {
		return err
	}
	return then(c, age < minReadTime)
}

func (s *Server) toConfirmLink(c *fiber.Ctx, _ bool) error { return s.redirectToConfirmLink(c) }

// toDecline redirects to the question whether to delete. After a double click it
// redirects to the page of the link, because the person did not mean to leave it.
func (s *Server) toDecline(c *fiber.Ctx, tooFast bool) error {
	if tooFast {
		return s.redirectToConfirmLink(c)
	}
	return s.redirectToDecline(c, tooFast)
}

func (s *Server) redirectToDecline(c *fiber.Ctx, _ bool) error {
	return s.redirectAfresh(c, declinePath(c))
}

func declinePath(c *fiber.Ctx) string { return confirmPath(c) + "/not-mine" }

// showDecline asks once more before an application ends. While a mail scanner may have
// pressed the button, it also asks for the code.
func (s *Server) showDecline(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	switch link.Status {
	case confirm.Open, confirm.Held, confirm.ScannerSuspected, confirm.Confirming, confirm.Late, confirm.Superseded:
		return s.render(c, "confirm_decline", s.declinePage(c, link))
	}
	return s.redirectToConfirmLink(c)
}

func (s *Server) declinePage(c *fiber.Ctx, link confirm.Link) confirmLinkPage {
	p := s.confirmLinkPage(c, link)
	p.Title, p.PagePath = i18n.T(p.Lang, "not_mine.title"), declinePath(c)
	p.Refresh, p.Scripts, p.Code = 0, false, nil
	if declineNeedsCode(link) {
		p.Code = newConfirmCode(p, member.ConfirmDecline)
	}
	return p
}

// declineNeedsCode reports whether only the code can end the application of a link. It
// does unless the page has an opposite button, which a scanner would press as well.
func declineNeedsCode(l confirm.Link) bool {
	return l.Status != confirm.Open && l.Status != confirm.Confirming
}

// confirmDecline records that the owner of the mailbox wants an application to end. It
// redirects to the question, which redirects to the link unless it has more to ask.
func (s *Server) confirmDecline(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	return s.recordChoice(c, link, member.ConfirmDecline, declinePath(c), s.redirectToDecline)
}

// resendFromLink sends a fresh link to the mailbox of an old one. After a press sooner
// than minReadTime it sends nothing, and the page asks for one more press.
func (s *Server) resendFromLink(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	return s.recordChoice(c, link, member.Resend, confirmPath(c), func(c *fiber.Ctx, tooFast bool) error {
		if tooFast {
			return s.redirectWithNote(c, langOf(c), confirmPath(c), noteOnceMore)
		}
		return s.sendFreshLink(c, link)
	})
}

func (s *Server) sendFreshLink(c *fiber.Ctx, link confirm.Link) error {
	err := s.Confirm.ResendFromLink(c.UserContext(), link, s.clientNetwork(c))
	switch {
	case errors.Is(err, confirm.ErrTooSoon), errors.Is(err, confirm.ErrNoApplication), !link.Renewable():
		return s.redirectToConfirmLink(c)
	case errors.Is(err, mail.ErrFull):
		return s.redirectWithNote(c, langOf(c), confirmPath(c), noteCrowded)
	case err != nil:
		return err
	}
	return s.redirectWithNote(c, langOf(c), confirmPath(c), noteAgain)
}
