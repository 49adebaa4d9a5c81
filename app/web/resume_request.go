package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
)

// A lostPage has the ways back for somebody whose browser knows of no draft.
type lostPage struct {
	page
	press
	codeForm
	Ask      string // where the address goes
	Address  string // as typed
	Problems []problem
}

func (s *Server) lostPage(c *fiber.Ctx) lostPage {
	l := langOf(c)
	return lostPage{page: s.page(c, i18n.T(l, "lost.title")), press: s.press(false), codeForm: newCodeForm(l), Ask: in(l, "/resume")}
}

func (s *Server) showLost(c *fiber.Ctx) error { return s.render(c, "resume_request", s.lostPage(c)) }

// askForLink has a link sent to an address if a draft was begun with it.
// Nobody is told whether there is one: the answer is the same and comes as
// soon.
func (s *Server) askForLink(c *fiber.Ctx) error {
	posted := readPost(c)
	typed := readAddress(posted)
	address, err := form.CanonicalAddress(typed)
	if err != nil {
		return s.refuseToAsk(c, typed)
	}
	if s.suspect(posted) {
		p := s.lostPage(c)
		p.press, p.Note, p.Noted = s.press(true), i18n.T(p.Lang, "press.named", i18n.T(p.Lang, "lost.send")), true
		p.Address = typed
		return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_request", p)
	}
	s.Join.RequestResumeLink(address, langOf(c), s.from(c))
	return redirect(c, langOf(c), "/resume?note=asked")
}

// refuseToAsk shows what was typed, and that it is no address.
func (s *Server) refuseToAsk(c *fiber.Ctx, typed string) error {
	p := s.lostPage(c)
	p.Address, p.Failed = typed, true
	p.Problems = []problem{{ID: "address", Text: i18n.T(p.Lang, "problem.email")}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_request", p)
}
