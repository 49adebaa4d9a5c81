package web

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/member"
)

// postChoice notes what was chosen on the page of a link. In the browser that sent
// the application Yes counts at once, because the page to which it leads confirms.
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

// recordChoice notes a choice on the page of a link that has the given path, and
// goes on. A page that this process did not show may be from before a restart:
// then nothing is noted, and the person presses once more.
func (s *Server) recordChoice(c *fiber.Ctx, link confirm.Link, p member.Choice, path string, then func(c *fiber.Ctx, tooFast bool) error) error {
	age, known := s.tokenKey.age(readPost(c).Get(tokenField), s.Now())
	_, over := finalStatuses[link.Status]
	switch {
	case over:
		return s.redirectToConfirmLink(c)
	case !known:
		return redirect(c, langOf(c), withQuery(path, queryNote, noteOnceMore))
	}
	if err := s.Confirm.RecordChoice(c.UserContext(), link, p, age < minReadTime); err != nil {
		return err
	}
	return then(c, age < minReadTime)
}

func (s *Server) toConfirmLink(c *fiber.Ctx, _ bool) error { return s.redirectToConfirmLink(c) }

// toDecline leads to the question whether to delete, but not somebody who has
// pressed twice: they would not know how they came there.
func (s *Server) toDecline(c *fiber.Ctx, tooFast bool) error {
	if tooFast {
		return s.redirectToConfirmLink(c)
	}
	return s.redirectToDecline(c, tooFast)
}

func (s *Server) redirectToDecline(c *fiber.Ctx, _ bool) error {
	return redirect(c, langOf(c), declinePath(c))
}

func declinePath(c *fiber.Ctx) string { return confirmPath(c) + "/not-mine" }

// showDecline asks once more before an application is ended and, as long as a
// machine may have asked, for the code.
func (s *Server) showDecline(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	switch link.Status {
	case confirm.Open, confirm.ScannerSuspected, confirm.Confirming, confirm.Late, confirm.Superseded:
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

// declineNeedsCode reports whether it takes the code to end the application of a link: it
// does where there is no opposite that a machine would press as well.
func declineNeedsCode(l confirm.Link) bool {
	return l.Status != confirm.Open && l.Status != confirm.Confirming
}

// confirmDecline notes that the owner of the mailbox wants an application to end. It
// leads back to the question, which leads on unless there is more to ask.
func (s *Server) confirmDecline(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	return s.recordChoice(c, link, member.ConfirmDecline, declinePath(c), s.redirectToDecline)
}

// resendFromLink sends a fresh link to the mailbox of an old one. Who pressed sooner
// than anybody reads has nothing sent, and presses once more.
func (s *Server) resendFromLink(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	return s.recordChoice(c, link, member.Resend, confirmPath(c), func(c *fiber.Ctx, tooFast bool) error {
		if tooFast {
			return redirect(c, langOf(c), withQuery(confirmPath(c), queryNote, noteOnceMore))
		}
		return s.sendFreshLink(c, link)
	})
}

func (s *Server) sendFreshLink(c *fiber.Ctx, link confirm.Link) error {
	err := s.Confirm.ResendFromLink(c.UserContext(), link, s.clientNetwork(c))
	switch {
	case errors.Is(err, confirm.ErrTooSoon), errors.Is(err, confirm.ErrNoApplication), !link.Renewable():
		return s.redirectToConfirmLink(c)
	case err != nil:
		return err
	}
	return redirect(c, langOf(c), withQuery(confirmPath(c), queryNote, noteAgain))
}
