package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A confirmCode is the form for the code of a letter on a page of its link. See
// partials/confirm_code.html.
type confirmCode struct {
	Lang   i18n.Lang
	Action string
	Choice member.Choice // what the code is for: Accept or ConfirmDecline
	Typed  string
	Wrong  string // the problem with the typed code, or ""
}

func newConfirmCode(p confirmLinkPage, choice member.Choice) *confirmCode {
	return &confirmCode{Lang: p.Lang, Action: p.Path + "/code", Choice: choice}
}

// postConfirmCode confirms or ends the application of a link by the code in the
// letter, where a choice on the page is not enough: see declineNeedsCode.
func (s *Server) postConfirmCode(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	posted, l := readPost(c), langOf(c)
	typed, choice, asked := strings.TrimSpace(posted.Get("code")), member.Accept, link.ScannerSuspected()
	if readChoice(posted) == member.ConfirmDecline {
		choice, asked = member.ConfirmDecline, declineNeedsCode(link)
	}
	if _, over := finalStatuses[link.Status]; over || !asked {
		return s.redirectToConfirmLink(c)
	}
	if typed == "" {
		return s.refuseConfirmCode(c, link, choice, typed, i18n.T(l, "proof.empty"))
	}
	switch result, left, err := s.Confirm.VerifyCodeForLink(c.UserContext(), link, typed, choice); {
	case err != nil:
		return err
	case result == confirm.CodeMistyped:
		return s.refuseConfirmCode(c, link, choice, typed, i18n.N(l, "proof.mistyped", left))
	case result == confirm.CodeSuperseded, result == confirm.CodeMalformed, result == confirm.CodeForHandoff:
		return s.refuseConfirmCode(c, link, choice, typed, i18n.T(l, "proof."+string(result)))
	case result == confirm.CodeSpent && choice == member.ConfirmDecline && link.Renewable(): // the page of the link is about something else
		return s.refuseConfirmCode(c, link, choice, typed, i18n.T(l, "link.spent.title"))
	}
	return s.redirectToConfirmLink(c)
}

// refuseConfirmCode shows the page of the code again, with the problem. It answers the
// post without a redirect, because checking a code costs an attempt.
func (s *Server) refuseConfirmCode(c *fiber.Ctx, link confirm.Link, choice member.Choice, typed, reason string) error {
	view, p := "confirm_decline", s.declinePage(c, link)
	if choice == member.Accept {
		link.Status = confirm.ScannerSuspected // whatever its status is by now
		view, p = "confirm_link", s.confirmLinkPage(c, link)
	}
	p.Code.Typed, p.Code.Wrong, p.Failed = typed, reason, true
	p.Problems = []problem{{ID: "code", Text: reason}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), view, p)
}
