package web

import (
	"strconv"
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
	posted := readPost(c)
	typed, choice, asked := strings.TrimSpace(posted.Get("code")), member.Accept, link.ScannerSuspected()
	if readChoice(posted) == member.ConfirmDecline {
		choice, asked = member.ConfirmDecline, declineNeedsCode(link)
	}
	if _, over := finalStatuses[link.Status]; over || !asked {
		return s.redirectToConfirmLink(c)
	}
	if problem, left, ok := switchedProblem(posted); ok {
		return s.refuseConfirmCode(c, link, choice, typed, problem, left)
	}
	if typed == "" {
		return s.refuseConfirmCode(c, link, choice, typed, emptyCode, 0)
	}
	switch result, left, err := s.Confirm.VerifyCodeForLink(c.UserContext(), link, typed, choice); {
	case err != nil:
		return err
	case result == confirm.CodeMistyped, result == confirm.CodeSuperseded, result == confirm.CodeMalformed, result == confirm.CodeForHandoff, result == confirm.CodeForMember:
		return s.refuseConfirmCode(c, link, choice, typed, string(result), left)
	case result == confirm.CodeSpent && choice == member.ConfirmDecline && link.Renewable(): // the page of the link is about something else
		return s.refuseConfirmCode(c, link, choice, typed, string(result), 0)
	case result == confirm.CodeHeld:
		return s.askAfterCode(c, typed)
	}
	return s.redirectToConfirmLink(c)
}

// linkCodeProblem returns the problem with a code that was typed on the page of a link:
// emptyCode or a result.
func linkCodeProblem(l i18n.Lang, problem string, left int) string {
	switch problem {
	case string(confirm.CodeMistyped):
		return i18n.N(l, "proof.mistyped", left)
	case string(confirm.CodeSpent):
		return i18n.T(l, "link.spent.title")
	case string(confirm.CodeSuperseded), string(confirm.CodeMalformed), string(confirm.CodeForHandoff), string(confirm.CodeForMember):
		return i18n.T(l, "proof."+problem)
	}
	return i18n.T(l, "proof.empty")
}

// refuseConfirmCode shows the page of the code again, with the problem: emptyCode or a
// result. It answers the post without a redirect, because checking a code costs an
// attempt.
func (s *Server) refuseConfirmCode(c *fiber.Ctx, link confirm.Link, choice member.Choice, typed, result string, left int) error {
	view, p := "confirm_decline", s.declinePage(c, link)
	if choice == member.Accept {
		link.Status = confirm.ScannerSuspected // whatever its status is by now
		view, p = "confirm_link", s.confirmLinkPage(c, link)
	}
	p.Code.Typed, p.Code.Wrong, p.Failed = typed, linkCodeProblem(p.Lang, result, left), true
	p.Problems = []problem{{ID: "code", Text: p.Code.Wrong}}
	p.Switch = switchByPost(p.Lang, confirmPath(c)+"/code", "code", typed, "choice", string(choice), problemField, result, leftField, strconv.Itoa(left))
	return s.render(c.Status(fiber.StatusUnprocessableEntity), view, p)
}
