package web

import (
	"cmp"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// A saveForLaterPage is for somebody who leaves: until when this browser remembers
// them, and how to continue elsewhere.
type saveForLaterPage struct {
	page
	botCheck
	KeptUntil string // until when the draft is
	Address   string // where to mail a link to
	Problems  []problem
	Reminds   bool   // whether asking for a link also asks for the reminder
	DraftID   string // its name, for the post
	Apply     string
}

func (s *Server) showSaveForLater(c *fiber.Ctx) error {
	draft, err := s.visit(c).draft()
	if err != nil {
		return err
	}
	return s.render(c, "save_for_later", s.saveForLaterPage(c, draft, cmp.Or(draft.Info.ContactEmail, draft.Info.AnsweredEmail)))
}

func (s *Server) saveForLaterPage(c *fiber.Ctx, draft wizard.Progress, email string) saveForLaterPage {
	l := langOf(c)
	return saveForLaterPage{
		page:      s.page(c, i18n.T(l, "later.page_title")),
		botCheck:  s.botCheck(false),
		KeptUntil: i18n.Date(l, s.Wizard.ExpiresAt(draft.Draft.Saved).In(time.Local)),
		Address:   email,
		Reminds:   s.Resume.Reminds() && !draft.Info.Reminded,
		DraftID:   draft.DraftID(),
		Apply:     localPath(l, applyPath),
	}
}

// sendResumeLink mails a link to continue the draft. What the page then says is
// the same whether there is a letter or there were too many.
func (s *Server) sendResumeLink(c *fiber.Ctx) error {
	posted, l := readPost(c), langOf(c)
	draft, err := s.visit(c).draft()
	switch {
	case err != nil:
		return err
	case draftSwitched(draft, posted):
		return redirect(c, l, withQuery(laterPath, queryNote, noteSwitched))
	}
	typed := readEmail(posted)
	email, err := address.Canonical(typed)
	switch {
	case err != nil:
		return s.refuseEmail(c, draft, typed)
	case s.looksAutomated(posted):
		return s.askToRepeat(c, draft, typed)
	}
	if err := s.Resume.SendLink(c.UserContext(), draft, email, l, s.clientNetwork(c)); err != nil {
		return err
	}
	return redirect(c, l, withQuery(laterPath, queryNote, noteMailed))
}

// refuseEmail shows what was typed, and that it is no address.
func (s *Server) refuseEmail(c *fiber.Ctx, draft wizard.Progress, typed string) error {
	p := s.saveForLaterPage(c, draft, typed)
	p.Failed = true
	p.Problems = []problem{{ID: emailField, Text: i18n.T(p.Lang, "problem.email")}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "save_for_later", p)
}

// askToRepeat shows what was typed, to be sent by one more press.
func (s *Server) askToRepeat(c *fiber.Ctx, draft wizard.Progress, typed string) error {
	p := s.saveForLaterPage(c, draft, typed)
	p.botCheck, p.Note, p.FocusNote = s.botCheck(true), i18n.T(p.Lang, "press.named", i18n.T(p.Lang, "later.send")), true
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "save_for_later", p)
}

// emailField is under which a page posts an address outside of the form.
const emailField = "address"

// emailQuestion reads it like the one in the form.
var emailQuestion = form.Section{Fields: []form.Field{{Key: emailField, Kind: form.Email}}}

func readEmail(posted url.Values) string { return emailQuestion.Read(posted).First(emailField) }
