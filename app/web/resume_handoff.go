package web

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/resume"
	"joinery/app/token"
	"joinery/app/wizard"
)

// A handoffPage shows how to continue on another device.
type handoffPage struct {
	page
	Code  string // in two groups, or "" when there is none
	Used  bool   // the other device has redeemed the code
	Until string // when the code expires
	Typed string // the code as it stands in Link
	Link  string // the address of Entry with the code filled in
	Entry string // the address of the page that asks for the code
	QR    qrCode
	Apply string

	DraftID string // for the post
}

// showHandoff shows the newest code of this browser, if it is still valid. It creates
// none.
func (s *Server) showHandoff(c *fiber.Ctx) error {
	draft, err := s.visit(c).draft()
	if err != nil {
		return err
	}
	handoff, valid, err := s.Resume.Handoff(c.UserContext(), draft)
	if err != nil {
		return err
	}
	return s.renderHandoff(c, draft, handoff, valid)
}

// renderHandoff answers with the page of a code, if that is valid, or without one.
func (s *Server) renderHandoff(c *fiber.Ctx, draft wizard.Progress, handoff resume.Handoff, valid bool) error {
	p := handoffPage{page: s.page(c, i18n.T(langOf(c), "draft.phone")), Apply: localPath(langOf(c), applyPath), DraftID: draft.DraftID()}
	p.PagePath = handoffPath
	if valid {
		if err := s.setHandoff(&p, handoff); err != nil {
			return err
		}
	}
	return s.render(c, "resume_handoff", p)
}

// pollHandoff answers htmx with nothing while the code waits to be used. Then, and when
// the code has expired, it answers with the page as it is now.
func (s *Server) pollHandoff(c *fiber.Ctx) error {
	c.Set("HX-Push-Url", "false")
	draft, err := s.visit(c).draft()
	if led := errors.Is(err, wizard.ErrNoDraft) || errors.Is(err, wizard.ErrSubmitted) || errors.Is(err, wizard.ErrClosed); led {
		c.Set("HX-Redirect", localPath(langOf(c), applyPath)) // the other device has sent or deleted the draft
		return c.SendStatus(fiber.StatusNoContent)
	}
	if err != nil {
		return s.ignorePoll(c, err)
	}
	handoff, valid, err := s.Resume.Handoff(c.UserContext(), draft)
	switch {
	case err != nil:
		return s.ignorePoll(c, err)
	case valid && !handoff.Used:
		return c.SendStatus(fiber.StatusNoContent)
	case !isFragment(c): // something on the way drops the headers of htmx
		return redirect(c, langOf(c), handoffPath)
	}
	return s.renderHandoff(c, draft, handoff, valid)
}

// ignorePoll leaves the page as it is after a failure. The next poll tries again.
func (s *Server) ignorePoll(c *fiber.Ctx, err error) error {
	s.logFailure(c, "poll not answered", err)
	return c.SendStatus(fiber.StatusNoContent)
}

func (s *Server) setHandoff(p *handoffPage, code resume.Handoff) (err error) {
	half := len(code.Code) / 2
	p.Code, p.Used = code.Code[:half]+" "+code.Code[half:], code.Used
	p.Scripts = !p.Used // they notice when it is used
	if p.Used {
		p.Title = i18n.T(p.Lang, "phone.used.title")
	}
	p.Until = i18n.Clock(p.Lang, code.Expires.In(s.Zone))
	p.Entry = s.BaseURL + localPath(p.Lang, handoffCodePath)
	p.Typed = code.Code
	p.Link = p.Entry + "/" + p.Typed
	p.QR, err = newQRCode(p.Link)
	return err
}

// createHandoff creates a code for another device.
func (s *Server) createHandoff(c *fiber.Ctx) error {
	draft, err := s.visit(c).draft()
	switch {
	case err != nil:
		return err
	case s.visit(c).switched(readPost(c)):
		return s.redirectWithNote(c, langOf(c), handoffPath, noteSwitched)
	}
	if err := s.Resume.CreateHandoff(c.UserContext(), draft, langOf(c)); err != nil {
		return err
	}
	return redirect(c, langOf(c), handoffPath)
}

// A handoffForm is the form for the code of another device.
type handoffForm struct {
	Action       string
	SubmissionID string // identifies this rendered page
	Code         string // as typed
	Wrong        string // the problem with the code, or ""
}

func newHandoffForm(l i18n.Lang) handoffForm {
	return handoffForm{Action: localPath(l, handoffCodePath), SubmissionID: token.Secret()}
}

// A handoffCodePage asks for a code or, once the code is verified, for a choice between
// two drafts.
type handoffCodePage struct {
	page
	handoffForm
	Text     string // the instructions
	Problems []problem
	Offer    *offer // nil: there is no choice
}

// handoffCodePage returns the page with a code filled in. The link to the other language
// keeps the code, unless it is too long to be one.
func (s *Server) handoffCodePage(c *fiber.Ctx, typed string) handoffCodePage {
	l := langOf(c)
	p := handoffCodePage{page: s.page(c, i18n.T(l, "code.title")), handoffForm: newHandoffForm(l), Text: i18n.T(l, "code.text")}
	p.Code, p.PagePath = typed, handoffCodePath
	if typed != "" && len(typed) < 50 {
		p.PagePath += "/" + url.PathEscape(typed)
	}
	return p
}

func (s *Server) showHandoffCode(c *fiber.Ctx) error {
	typed, _ := url.PathUnescape(c.Params("code")) // invalid escapes leave the field empty
	p := s.handoffCodePage(c, typed)
	if typed != "" {
		p.Title, p.Text = i18n.T(p.Lang, "code.filled.title"), i18n.T(p.Lang, "code.filled.text")
	}
	s.setProbe(c)
	return s.render(c, "resume_code", p)
}

// redeemHandoff gives this browser the draft of another device. A browser that holds
// another draft chooses first between both, on a page without a path of its own,
// because checking a code costs an attempt.
func (s *Server) redeemHandoff(c *fiber.Ctx) error {
	posted := readPost(c)
	p := s.handoffCodePage(c, strings.TrimSpace(posted.Get("code")))
	problem, left, switched := switchedProblem(posted)
	if switched && problem != cookiesProblem {
		return s.refuseHandoffCode(c, p, resume.Status(problem), left)
	}
	if p.Code == "" {
		return s.refuseHandoffCode(c, p, emptyCode, 0)
	}
	if switched || !s.keepsCookies(c) {
		s.askForCookies(c, &p.page, handoffCodePath, "code", p.Code)
		return s.render(c, "resume_code", p)
	}
	link, left, err := s.Resume.CheckHandoff(c.UserContext(), p.Code, s.typist(c))
	if err != nil {
		return err
	}
	here, err := s.visit(c).anyDraft()
	switch {
	case err != nil:
		return err
	case link.Status == resume.Open && !choiceMade(link, here, posted):
		return s.offerChoice(c, p, link, here)
	}
	if entered, err := s.enter(c, link, here, posted); err != nil || entered {
		return err
	}
	return s.refuseHandoffCode(c, p, link.Status, left)
}

// codeProblem returns the reason why a code gives no browser the draft: that of its
// status, or that none was typed.
func codeProblem(l i18n.Lang, status resume.Status, left int) string {
	switch {
	case status == resume.Mistyped && left > 0:
		return i18n.N(l, "code.mistyped", left)
	case status == resume.Mistyped:
		return i18n.T(l, "code.spent")
	case status == resume.Open: // another request has redeemed it since
		return i18n.T(l, "code.used")
	case slices.Contains(refusedHandoffs, status):
		return i18n.T(l, "code."+string(status))
	}
	return i18n.T(l, "code.empty")
}

// refusedHandoffs are the statuses of codes whose texts in the catalogue have their names.
var refusedHandoffs = []resume.Status{
	resume.Used, resume.Late, resume.Gone, resume.Finished, resume.Malformed, resume.ForConfirm, resume.ForMember, resume.Crowded,
}

func (s *Server) refuseHandoffCode(c *fiber.Ctx, p handoffCodePage, status resume.Status, left int) error {
	p.Wrong, p.Failed = codeProblem(p.Lang, status, left), true
	p.Problems = []problem{{ID: "code", Text: p.Wrong}}
	p.Switch = switchByPost(p.Lang, handoffCodePath, "code", p.Code, problemField, string(status), leftField, strconv.Itoa(left))
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_code", p)
}

func (s *Server) offerChoice(c *fiber.Ctx, p handoffCodePage, link resume.Link, here wizard.Progress) error {
	p.Title = i18n.T(p.Lang, "resume.choose.title")
	p.Offer = s.offer(p.Lang, link, here)
	p.Offer.From, p.Offer.Action, p.Offer.Code = "device", p.Action, p.Code
	return s.render(c, "resume_code", p)
}
