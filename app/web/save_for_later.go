package web

import (
	"errors"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
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
	progress, err := s.Join.Progress(c.UserContext(), s.session(c))
	if err != nil || progress.Draft.Key == "" {
		return redirectWithoutDraft(c, err)
	}
	reach := progress.Info
	if reach.ContactEmail == "" {
		reach.ContactEmail = reach.AnsweredEmail
	}
	return s.render(c, "save_for_later", s.saveForLaterPage(c, progress, reach.ContactEmail))
}

func (s *Server) saveForLaterPage(c *fiber.Ctx, progress join.Progress, address string) saveForLaterPage {
	l := langOf(c)
	return saveForLaterPage{
		page:      s.page(c, i18n.T(l, "later.page_title")),
		botCheck:  s.botCheck(false),
		KeptUntil: i18n.Date(l, s.Join.ExpiresAt(progress.Draft.Saved).In(time.Local)),
		Address:   address,
		Reminds:   s.Join.RemindBefore > 0 && !progress.Info.Reminded,
		DraftID:   progress.ShortID(),
		Apply:     localPath(l, "/apply"),
	}
}

// sendResumeLink mails a link to continue the draft. What the page then says is the
// same whether there is a letter or were too many.
func (s *Server) sendResumeLink(c *fiber.Ctx) error {
	posted, l := readPost(c), langOf(c)
	switch switched, err := s.draftSwitched(c, posted); {
	case err != nil:
		return err
	case switched:
		return redirect(c, l, "/apply/later?note=switched")
	}
	typed := readEmail(posted)
	address, err := address.Canonical(typed)
	if err != nil {
		return s.refuseEmail(c, typed)
	}
	if s.looksAutomated(posted) {
		return s.askToRepeat(c, typed)
	}
	if err := s.Join.SendResumeLink(c.UserContext(), s.session(c), address, l, s.clientNetwork(c)); err != nil {
		return redirectWithoutDraft(c, err)
	}
	return redirect(c, l, "/apply/later?note=mailed")
}

// refuseEmail shows what was typed, and that it is no address.
func (s *Server) refuseEmail(c *fiber.Ctx, typed string) error {
	progress, err := s.Join.Progress(c.UserContext(), s.session(c))
	if err != nil || progress.Draft.Key == "" {
		return redirectWithoutDraft(c, err)
	}
	p := s.saveForLaterPage(c, progress, typed)
	p.Failed = true
	p.Problems = []problem{{ID: emailField, Text: i18n.T(p.Lang, "problem.email")}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "save_for_later", p)
}

// askToRepeat shows what was typed, to be sent by one more press.
func (s *Server) askToRepeat(c *fiber.Ctx, typed string) error {
	progress, err := s.Join.Progress(c.UserContext(), s.session(c))
	if err != nil || progress.Draft.Key == "" {
		return redirectWithoutDraft(c, err)
	}
	p := s.saveForLaterPage(c, progress, typed)
	p.botCheck, p.Note, p.FocusNote = s.botCheck(true), i18n.T(p.Lang, "press.named", i18n.T(p.Lang, "later.send")), true
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "save_for_later", p)
}

// redirectWithoutDraft leads somebody without a draft to where they can go on.
func redirectWithoutDraft(c *fiber.Ctx, err error) error {
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent")
	case err != nil && !errors.Is(err, join.ErrNoDraft):
		return err
	case c.Method() == fiber.MethodPost:
		return redirect(c, langOf(c), "/apply?note=ended")
	}
	return redirect(c, langOf(c), "/apply")
}

// emailField is under which a page posts an address outside of the form.
const emailField = "address"

// emailQuestion reads it like the one in the form.
var emailQuestion = form.Section{Fields: []form.Field{{Key: emailField, Kind: form.Email}}}

func readEmail(posted url.Values) string { return emailQuestion.Read(posted).First(emailField) }
