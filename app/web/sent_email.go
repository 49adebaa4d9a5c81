package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/i18n"
	"joinery/app/member"
)

// An emailForm is the form that corrects the address of a waiting application.
type emailForm struct {
	botCheck
	Lang       i18n.Lang
	Action     string
	Address    string // as typed
	Wrong      string // the problem with the address, or ""
	Suggestion emailSuggestion
}

func (s *Server) emailForm(l i18n.Lang) emailForm {
	return emailForm{botCheck: s.botCheck(false), Lang: l, Action: localPath(l, sentPath+"/address")}
}

// sentSuggestion returns advice about the address of an application.
func (s *Server) sentSuggestion(c *fiber.Ctx, email string) emailSuggestion {
	l := langOf(c)
	advice := s.emailSuggestion(l, email)
	advice.DraftID = s.visit(c).heldID()
	advice.Action, advice.Button = localPath(l, sentPath+"/address"), i18n.T(l, "sent.meant.send")
	return advice
}

// changeEmail changes the address from which a waiting application is confirmed.
func (s *Server) changeEmail(c *fiber.Ctx) error {
	posted, l, v := readPost(c), langOf(c), s.visit(c)
	typed := readEmail(posted)
	if v.switched(posted) {
		return s.redirectSwitched(c)
	}
	a, err := v.waiting()
	if err != nil {
		return err
	}
	switch email, err := address.Canonical(typed); {
	case err != nil:
		return s.askForEmail(c, a, typed, emailProblem(l, typed))
	case s.looksAutomated(posted):
		return s.askForEmail(c, a, typed, "")
	case email == a.Email:
		return s.redirectWithNote(c, l, sentPath, noteSame)
	}
	key, err := v.draftKey()
	if err != nil {
		return err
	}
	if err := s.Confirm.ChangeEmail(c.UserContext(), a, key, typed, s.clientNetwork(c)); err != nil {
		return err
	}
	return s.redirectWithNote(c, l, sentPath, noteReaddressed)
}

// askForEmail shows the typed address again: with its problem or, if wrong is "", to be
// posted by one more press.
func (s *Server) askForEmail(c *fiber.Ctx, a member.Application, typed, wrong string) error {
	p, err := s.sentPage(c, a)
	if err != nil {
		return err
	}
	p.Switch = switchByPost(p.Lang, sentPath+"/address", emailField, typed, versionField, p.DraftID)
	p.Address.Address, p.Address.Wrong = typed, wrong
	if wrong == "" {
		p.Address.botCheck = s.botCheck(true)
	} else {
		p.Failed, p.Problems = true, []problem{{ID: emailField, Text: wrong}}
		p.Address.Suggestion, p.Suggestion = s.sentSuggestion(c, typed), emailSuggestion{}
	}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "sent", p)
}
