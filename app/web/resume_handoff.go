package web

import (
	"crypto/rand"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
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

// showHandoff shows the code that this browser made last, if it is still good.
// It makes none.
func (s *Server) showHandoff(c *fiber.Ctx) error {
	progress, err := s.Join.Progress(c.UserContext(), s.session(c))
	if err != nil || progress.ShortID() == "" {
		return redirectWithoutDraft(c, err)
	}
	p := handoffPage{page: s.page(c, i18n.T(langOf(c), "draft.phone")), Apply: localPath(langOf(c), "/apply")}
	code, err := s.Join.HandoffCode(c.UserContext(), s.session(c))
	if err == nil {
		err = s.setHandoff(&p, code)
	}
	if err != nil && !errors.Is(err, join.ErrNoDraft) {
		return err
	}
	return s.render(c, "resume_handoff", p)
}

func (s *Server) setHandoff(p *handoffPage, code join.HandoffCode) (err error) {
	half := len(code.Code) / 2
	p.Code, p.Used = code.Code[:half]+" "+code.Code[half:], code.Used
	p.Until = i18n.Time(p.Lang, code.Expires.In(time.Local))
	p.Entry = s.BaseURL + localPath(p.Lang, "/code")
	p.Link = p.Entry + "/" + code.Code
	p.QR, err = newQRCode(p.Link)
	return err
}

// createHandoff makes a code.
func (s *Server) createHandoff(c *fiber.Ctx) error {
	if err := s.Join.CreateHandoff(c.UserContext(), s.session(c), langOf(c)); err != nil {
		return redirectWithoutDraft(c, err)
	}
	return redirect(c, langOf(c), "/apply/phone")
}

// A handoffForm is where the code of another device is typed.
type handoffForm struct {
	Action       string
	SubmissionID string // names this showing of the page
	Code         string // as typed
	Wrong        string // what is wrong with it, or ""
}

func newHandoffForm(l i18n.Lang) handoffForm {
	return handoffForm{Action: localPath(l, "/code"), SubmissionID: rand.Text()}
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
	p.Code, p.PagePath = typed, "/code"
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

// redeemHandoff lets this browser in to the draft of another device. If it holds
// one of its own, it is shown both first, on a page that has no address of its
// own: looking at a code costs a try.
func (s *Server) redeemHandoff(c *fiber.Ctx) error {
	posted := readPost(c)
	p := s.handoffCodePage(c, strings.TrimSpace(posted.Get("code")))
	if p.Code == "" {
		return s.refuseHandoffCode(c, p, i18n.T(p.Lang, "code.empty"))
	}
	w, left, err := s.Join.RedeemHandoff(c.UserContext(), p.Code, s.client(c))
	if err != nil {
		return err
	}
	here, err := s.currentProgress(c)
	switch {
	case err != nil:
		return err
	case w.Status == join.Open && !choiceMade(w, here, posted):
		return s.offerChoice(c, p, w, here)
	}
	switch entered, err := s.enter(c, w, posted); {
	case err != nil:
		return err
	case !entered:
		return s.refuseHandoffCode(c, p, codeProblem(p.Lang, w.Status, left))
	}
	return redirect(c, p.Lang, "/apply")
}

// client tells who types codes from others, so that nobody uses up the tries
// of a neighbour behind the same address.
func (s *Server) client(c *fiber.Ctx) join.Client {
	ip := s.clientIP(c)
	return join.Client{Device: ip.String() + " " + c.Get(fiber.HeaderUserAgent), Network: networkOf(ip).String()}
}

// codeProblem says why a code lets nobody in.
func codeProblem(l i18n.Lang, standing join.LinkStatus, left int) string {
	switch {
	case standing == join.Mistyped && left > 0:
		return i18n.N(l, "code.mistyped", left)
	case standing == join.Mistyped:
		return i18n.T(l, "code.spent")
	case standing == join.Open: // it was, a moment ago
		return i18n.T(l, "code.used")
	}
	return i18n.T(l, "code."+string(standing))
}

func (s *Server) refuseHandoffCode(c *fiber.Ctx, p handoffCodePage, why string) error {
	p.Wrong, p.Failed = why, true
	p.Problems = []problem{{ID: "code", Text: why}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_code", p)
}

func (s *Server) offerChoice(c *fiber.Ctx, p handoffCodePage, w join.ResumeLink, here join.Progress) error {
	p.Title = i18n.T(p.Lang, "resume.choose.title")
	p.Offer = s.offer(p.Lang, w, here)
	p.Offer.From, p.Offer.Action, p.Offer.Code = "device", p.Action, p.Code
	return s.render(c, "resume_code", p)
}
