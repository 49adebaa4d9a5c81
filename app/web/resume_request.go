package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/i18n"
)

// A resumeRequestPage has the ways back to a draft for a browser that holds none.
type resumeRequestPage struct {
	page
	botCheck
	handoffForm
	RequestAction string // the path to which the address is posted
	Address       string // as typed
	Problems      []problem
	Suggestion    emailSuggestion // about Address
	Asked         bool            // whether the page asks about Address: a second press sends the link there
}

func (s *Server) resumeRequestPage(c *fiber.Ctx) resumeRequestPage {
	l := langOf(c)
	return resumeRequestPage{page: s.page(c, i18n.T(l, "lost.title")), botCheck: s.botCheck(false), handoffForm: newHandoffForm(l), RequestAction: localPath(l, resumeRequestPath)}
}

func (s *Server) showResumeRequest(c *fiber.Ctx) error {
	s.setProbe(c) // its form for a code
	return s.render(c, "resume_request", s.resumeRequestPage(c))
}

// requestResumeLink requests a link for an address, which is sent if a draft has that
// address. The answer and its delay are the same in both cases, so they do not reveal
// whether there is a draft.
func (s *Server) requestResumeLink(c *fiber.Ctx) error {
	posted := readPost(c)
	typed := readEmail(posted)
	email, err := address.Canonical(typed)
	if err != nil {
		return s.refuseResumeRequest(c, typed)
	}
	if s.asksAboutAddress(typed, posted.Get(askedField)) {
		return s.askAboutAddress(c, typed)
	}
	if s.looksAutomated(posted) {
		p := s.resumeRequestPage(c)
		p.botCheck, p.Note, p.FocusNote = s.botCheck(true), i18n.T(p.Lang, "press.named", i18n.T(p.Lang, "lost.send")), true
		p.Address, p.Suggestion = typed, s.linkSuggestion(p.Lang, p.RequestAction, typed)
		p.Switch = switchByPost(p.Lang, resumeRequestPath, emailField, typed)
		return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_request", p)
	}
	if !s.Resume.RequestLink(email, langOf(c), s.clientNetwork(c)) {
		return s.showTooManyRequests(c, typed)
	}
	return s.redirectWithNote(c, langOf(c), resumeRequestPath, noteAsked)
}

// showTooManyRequests shows the page again while the site can take no request.
func (s *Server) showTooManyRequests(c *fiber.Ctx, typed string) error {
	p := s.resumeRequestPage(c)
	p.Address, p.Switch = typed, switchByPost(p.Lang, resumeRequestPath, emailField, typed)
	p.Note, p.FocusNote = i18n.T(p.Lang, "lost.busy"), true
	c.Set(fiber.HeaderRetryAfter, retryAfter)
	return s.render(c.Status(fiber.StatusServiceUnavailable), "resume_request", p)
}

// askedField is the field with the address that the page has asked about.
const askedField = "asked"

// asksAboutAddress reports whether an address most likely has a typo. A link that goes
// to nobody would leave the applicant waiting. The page asks once for each address.
func (s *Server) asksAboutAddress(typed, asked string) bool {
	return typed != asked && address.Advise(noWait, s.MX, typed).Suggestion != ""
}

// askAboutAddress shows the page again with the address that was most likely meant.
func (s *Server) askAboutAddress(c *fiber.Ctx, typed string) error {
	p := s.resumeRequestPage(c)
	p.Address, p.Asked, p.Suggestion = typed, true, s.linkSuggestion(p.Lang, p.RequestAction, typed)
	p.Note, p.FocusNote = i18n.T(p.Lang, "lost.typo", p.Suggestion.Suggestion), true
	p.Switch = switchByPost(p.Lang, resumeRequestPath, emailField, typed)
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_request", p)
}

// refuseResumeRequest shows the page again, with the problem of the typed address.
func (s *Server) refuseResumeRequest(c *fiber.Ctx, typed string) error {
	p := s.resumeRequestPage(c)
	p.Address, p.Failed, p.Switch = typed, true, switchByPost(p.Lang, resumeRequestPath, emailField, typed)
	p.Problems = []problem{{ID: emailField, Text: emailProblem(p.Lang, typed)}}
	p.Suggestion = s.linkSuggestion(p.Lang, p.RequestAction, typed)
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_request", p)
}
