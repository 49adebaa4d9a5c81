package web

import (
	"net/url"
	"strings"
	"time"

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
	Used  bool   // the other device has what the code led to
	Until string // when the code ends
	Link  string // leads to Entry, with the code typed in already
	Entry string // where the code is typed
	QR    qrCode
	Apply string
}

// showHandoff shows the code that this browser made last, if it is still good. It
// makes none.
func (s *Server) showHandoff(c *fiber.Ctx) error {
	draft, err := s.visit(c).draft()
	if err != nil {
		return err
	}
	p := handoffPage{page: s.page(c, i18n.T(langOf(c), "draft.phone")), Apply: localPath(langOf(c), applyPath)}
	handoff, ok, err := s.Resume.Handoff(c.UserContext(), draft)
	if err != nil {
		return err
	}
	if ok {
		if err := s.setHandoff(&p, handoff); err != nil {
			return err
		}
	}
	return s.render(c, "resume_handoff", p)
}

func (s *Server) setHandoff(p *handoffPage, code resume.Handoff) (err error) {
	half := len(code.Code) / 2
	p.Code, p.Used = code.Code[:half]+" "+code.Code[half:], code.Used
	p.Until = i18n.Time(p.Lang, code.Expires.In(time.Local))
	p.Entry = s.BaseURL + localPath(p.Lang, handoffCodePath)
	p.Link = p.Entry + "/" + code.Code
	p.QR, err = newQRCode(p.Link)
	return err
}

// createHandoff makes a code.
func (s *Server) createHandoff(c *fiber.Ctx) error {
	draft, err := s.visit(c).draft()
	if err != nil {
		return err
	}
	if err := s.Resume.CreateHandoff(c.UserContext(), draft, langOf(c)); err != nil {
		return err
	}
	return redirect(c, langOf(c), handoffPath)
}

// A handoffForm is where the code of another device is typed.
type handoffForm struct {
	Action       string
	SubmissionID string // names this showing of the page
	Code         string // as typed
	Wrong        string // what is wrong with it, or ""
}

func newHandoffForm(l i18n.Lang) handoffForm {
	return handoffForm{Action: localPath(l, handoffCodePath), SubmissionID: token.Secret()}
}

// A handoffCodePage is for the code alone or, once it is known, for the choice between
// two drafts.
type handoffCodePage struct {
	page
	handoffForm
	Text     string // what to do
	Problems []problem
	Offer    *offer // nil: there is no choice
}

// handoffCodePage returns the page with a code typed in. The other language has it
// too, though not what is too long to be one.
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
	typed, _ := url.PathUnescape(c.Params("code")) // what is no text is left out
	p := s.handoffCodePage(c, typed)
	if typed != "" {
		p.Title, p.Text = i18n.T(p.Lang, "code.filled.title"), i18n.T(p.Lang, "code.filled.text")
	}
	return s.render(c, "resume_code", p)
}

// redeemHandoff lets this browser in to the draft of another device. A browser
// that holds a draft of its own is shown both first, on a page that has no address
// of its own: looking at a code costs an attempt.
func (s *Server) redeemHandoff(c *fiber.Ctx) error {
	posted := readPost(c)
	p := s.handoffCodePage(c, strings.TrimSpace(posted.Get("code")))
	if p.Code == "" {
		return s.refuseHandoffCode(c, p, i18n.T(p.Lang, "code.empty"))
	}
	link, left, err := s.Resume.RedeemHandoff(c.UserContext(), p.Code, s.client(c))
	if err != nil {
		return err
	}
	here, err := s.visit(c).openDraft()
	switch {
	case err != nil:
		return err
	case link.Status == resume.Open && !choiceMade(link, here, posted):
		return s.offerChoice(c, p, link, here)
	}
	switch entered, err := s.enter(c, link, here, posted); {
	case err != nil:
		return err
	case !entered:
		return s.refuseHandoffCode(c, p, codeProblem(p.Lang, link.Status, left))
	}
	return redirect(c, p.Lang, applyPath)
}

// client tells what types codes from others, so that no device uses up the
// attempts of a neighbour behind the same address.
func (s *Server) client(c *fiber.Ctx) resume.Client {
	ip := s.clientIP(c)
	return resume.Client{Device: ip.String() + " " + c.Get(fiber.HeaderUserAgent), Network: networkOf(ip).String()}
}

// codeProblem says why a code lets no browser in.
func codeProblem(l i18n.Lang, status resume.Status, left int) string {
	switch {
	case status == resume.Mistyped && left > 0:
		return i18n.N(l, "code.mistyped", left)
	case status == resume.Mistyped:
		return i18n.T(l, "code.spent")
	case status == resume.Open: // it was, a moment ago
		return i18n.T(l, "code.used")
	}
	return i18n.T(l, "code."+string(status))
}

func (s *Server) refuseHandoffCode(c *fiber.Ctx, p handoffCodePage, why string) error {
	p.Wrong, p.Failed = why, true
	p.Problems = []problem{{ID: "code", Text: why}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_code", p)
}

func (s *Server) offerChoice(c *fiber.Ctx, p handoffCodePage, link resume.Link, here wizard.Progress) error {
	p.Title = i18n.T(p.Lang, "resume.choose.title")
	p.Offer = s.offer(p.Lang, link, here)
	p.Offer.From, p.Offer.Action, p.Offer.Code = "device", p.Action, p.Code
	return s.render(c, "resume_code", p)
}
