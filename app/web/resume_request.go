package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/i18n"
)

// A resumeRequestPage has the ways back for somebody whose browser knows of no draft.
type resumeRequestPage struct {
	page
	botCheck
	handoffForm
	RequestAction string // where the address goes
	Address       string // as typed
	Problems      []problem
}

func (s *Server) resumeRequestPage(c *fiber.Ctx) resumeRequestPage {
	l := langOf(c)
	return resumeRequestPage{page: s.page(c, i18n.T(l, "lost.title")), botCheck: s.botCheck(false), handoffForm: newHandoffForm(l), RequestAction: localPath(l, resumeRequestPath)}
}

func (s *Server) showResumeRequest(c *fiber.Ctx) error {
	return s.render(c, "resume_request", s.resumeRequestPage(c))
}

// requestResumeLink has a link sent to an address if a draft was begun with it.
// Nobody is told whether there is one: the answer is the same and comes as
// soon.
func (s *Server) requestResumeLink(c *fiber.Ctx) error {
	posted := readPost(c)
	typed := readEmail(posted)
	email, err := address.Canonical(typed)
	if err != nil {
		return s.refuseResumeRequest(c, typed)
	}
	if s.looksAutomated(posted) {
		p := s.resumeRequestPage(c)
		p.botCheck, p.Note, p.FocusNote = s.botCheck(true), i18n.T(p.Lang, "press.named", i18n.T(p.Lang, "lost.send")), true
		p.Address = typed
		return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_request", p)
	}
	s.Resume.RequestLink(email, langOf(c), s.clientNetwork(c))
	return redirect(c, langOf(c), withQuery(resumeRequestPath, queryNote, noteAsked))
}

// refuseResumeRequest shows what was typed, and that it is no address.
func (s *Server) refuseResumeRequest(c *fiber.Ctx, typed string) error {
	p := s.resumeRequestPage(c)
	p.Address, p.Failed = typed, true
	p.Problems = []problem{{ID: emailField, Text: i18n.T(p.Lang, "problem.email")}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_request", p)
}
