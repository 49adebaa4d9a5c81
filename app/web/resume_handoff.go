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

// A phonePage shows how to continue on another device.
type phonePage struct {
	page
	Code  string // in two groups, or "" when there is none
	Used  bool   // the other device has what the code led to
	Until string // when the code ends
	Link  string // leads to Entry, with the code typed in already
	Entry string // where the code is typed
	QR    picture
	Apply string
}

// showPhone shows the code that this browser made last, if it is still good.
// It makes none.
func (s *Server) showPhone(c *fiber.Ctx) error {
	progress, err := s.Join.Progress(c.UserContext(), s.draftID(c))
	if err != nil || progress.ShortID() == "" {
		return leadAway(c, err)
	}
	p := phonePage{page: s.page(c, i18n.T(langOf(c), "draft.phone")), Apply: in(langOf(c), "/apply")}
	code, err := s.Join.HandoffCode(c.UserContext(), s.draftID(c))
	if err == nil {
		err = s.tellCode(&p, code)
	}
	if err != nil && !errors.Is(err, join.ErrNoDraft) {
		return err
	}
	return s.render(c, "resume_handoff", p)
}

func (s *Server) tellCode(p *phonePage, code join.HandoffCode) (err error) {
	half := len(code.Code) / 2
	p.Code, p.Used = code.Code[:half]+" "+code.Code[half:], code.Used
	p.Until = i18n.Time(p.Lang, code.Expires.In(time.Local))
	p.Entry = s.BaseURL + in(p.Lang, "/code")
	p.Link = p.Entry + "/" + code.Code
	p.QR, err = newPicture(p.Link)
	return err
}

// handOver makes a code.
func (s *Server) handOver(c *fiber.Ctx) error {
	if err := s.Join.CreateHandoff(c.UserContext(), s.draftID(c), langOf(c)); err != nil {
		return leadAway(c, err)
	}
	return redirect(c, langOf(c), "/apply/phone")
}

// A codeForm is where the code of another device is typed.
type codeForm struct {
	Action string
	Press  string // names this showing of the page
	Code   string // as typed
	Wrong  string // what is wrong with it, or ""
}

func newCodeForm(l i18n.Lang) codeForm { return codeForm{Action: in(l, "/code"), Press: rand.Text()} }

// A codePage is for the code alone or, once it is known, for the choice between
// two drafts.
type codePage struct {
	page
	codeForm
	Text     string // what to do
	Problems []problem
	Offer    *offer // nil: there is no choice
}

// codePage returns the page with a code typed in. The other language has it
// too, though not what is too long to be one.
func (s *Server) codePage(c *fiber.Ctx, typed string) codePage {
	l := langOf(c)
	p := codePage{page: s.page(c, i18n.T(l, "code.title")), codeForm: newCodeForm(l), Text: i18n.T(l, "code.text")}
	p.Code, p.Here = typed, "/code"
	if typed != "" && len(typed) < 50 {
		p.Here += "/" + url.PathEscape(typed)
	}
	return p
}

func (s *Server) showTypeCode(c *fiber.Ctx) error {
	typed, _ := url.PathUnescape(c.Params("code")) // what is no text is left out
	p := s.codePage(c, typed)
	if typed != "" {
		p.Title, p.Text = i18n.T(p.Lang, "code.filled.title"), i18n.T(p.Lang, "code.filled.text")
	}
	return s.render(c, "resume_code", p)
}

// typeCode lets this browser in to the draft of another device. If it holds
// one of its own, it is shown both first, on a page that has no address of its
// own: looking at a code costs a try.
func (s *Server) typeCode(c *fiber.Ctx) error {
	posted := readPost(c)
	p := s.codePage(c, strings.TrimSpace(posted.Get("code")))
	if p.Code == "" {
		return s.refuseCode(c, p, i18n.T(p.Lang, "code.empty"))
	}
	w, left, err := s.Join.RedeemHandoff(c.UserContext(), p.Code, s.typist(c))
	if err != nil {
		return err
	}
	here, err := s.here(c)
	switch {
	case err != nil:
		return err
	case w.Status == join.Open && !chosen(w, here, posted):
		return s.showChoice(c, p, w, here)
	}
	switch entered, err := s.admit(c, w, posted); {
	case err != nil:
		return err
	case !entered:
		return s.refuseCode(c, p, wrong(p.Lang, w.Status, left))
	}
	return redirect(c, p.Lang, "/apply")
}

// typist tells who types codes from others, so that nobody uses up the tries
// of a neighbour behind the same address.
func (s *Server) typist(c *fiber.Ctx) join.Client {
	ip := s.clientIP(c)
	return join.Client{Device: ip.String() + " " + c.Get(fiber.HeaderUserAgent), Network: network(ip).String()}
}

// wrong says why a code lets nobody in.
func wrong(l i18n.Lang, standing join.LinkStatus, left int) string {
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

func (s *Server) refuseCode(c *fiber.Ctx, p codePage, why string) error {
	p.Wrong, p.Failed = why, true
	p.Problems = []problem{{ID: "code", Text: why}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "resume_code", p)
}

func (s *Server) showChoice(c *fiber.Ctx, p codePage, w join.ResumeLink, here join.Progress) error {
	p.Title = i18n.T(p.Lang, "resume.choose.title")
	p.Offer = s.offer(p.Lang, w, here)
	p.Offer.From, p.Offer.Action, p.Offer.Code = "device", p.Action, p.Code
	return s.render(c, "resume_code", p)
}
