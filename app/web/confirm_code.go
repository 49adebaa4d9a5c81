package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
	"joinery/app/member"
)

// A confirmCode is where the code of a letter is typed on a page of its link. See
// partials/confirm_code.html.
type confirmCode struct {
	Lang   i18n.Lang
	Action string
	Choice string // what the code is for: yes or delete
	Typed  string
	Wrong  string // what is wrong with it, or ""
}

func newConfirmCode(p confirmLinkPage, choice string) *confirmCode {
	return &confirmCode{Lang: p.Lang, Action: p.Path + "/code", Choice: choice}
}

// postConfirmCode confirms or ends the application of a link for somebody who can read
// the code in the letter, where no press does: see guarded.
func (s *Server) postConfirmCode(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	posted, l := readPost(c), langOf(c)
	typed, choice, asked := strings.TrimSpace(posted.Get("code")), member.Accept, link.ScannerSuspected()
	if posted.Get("choice") == "delete" {
		choice, asked = member.ConfirmDecline, declineNeedsCode(link)
	}
	if _, over := finalStatuses[link.Status]; over || !asked {
		return s.redirectToConfirmLink(c)
	}
	if typed == "" {
		return s.refuseConfirmCode(c, link, choice, typed, i18n.T(l, "proof.empty"))
	}
	switch standing, left, err := s.Join.VerifyCodeForLink(c.UserContext(), link, typed, choice); {
	case err != nil:
		return err
	case standing == join.Mistyped:
		return s.refuseConfirmCode(c, link, choice, typed, i18n.N(l, "proof.mistyped", left))
	case standing == join.Superseded:
		return s.refuseConfirmCode(c, link, choice, typed, i18n.T(l, "proof.superseded"))
	case standing == join.Spent && choice == member.ConfirmDecline && link.Renewable(): // the page of the link is about something else
		return s.refuseConfirmCode(c, link, choice, typed, i18n.T(l, "link.spent.title"))
	}
	return s.redirectToConfirmLink(c)
}

// refuseConfirmCode shows the page on which a code was typed, and what is wrong with
// the code. It answers the post: looking at a code costs a try.
func (s *Server) refuseConfirmCode(c *fiber.Ctx, link join.Link, choice member.Choice, typed, why string) error {
	view, p := "confirm_decline", s.declinePage(c, link)
	if choice == member.Accept {
		link.Status = join.ScannerSuspected // whatever has become of it meanwhile
		view, p = "confirm_link", s.confirmLinkPage(c, link)
	}
	p.Code.Typed, p.Code.Wrong, p.Failed = typed, why, true
	p.Problems = []problem{{ID: "code", Text: why}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), view, p)
}
