package web

import (
	"cmp"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/wizard"
)

// A saveForLaterPage says until when this browser holds the draft, and how to continue
// elsewhere.
type saveForLaterPage struct {
	page
	botCheck
	KeptUntil  string // until when the draft is kept
	Turn       string // when a link goes out that waits for its turn, or ""
	Address    string // the address for a link
	Problems   []problem
	Suggestion emailSuggestion // about Address
	Reminds    bool            // the request for a link is also one for the reminder
	DraftID    string          // for the post
	Apply      string
}

func (s *Server) showSaveForLater(c *fiber.Ctx) error {
	draft, err := s.visit(c).draft()
	if err != nil {
		return err
	}
	p := s.saveForLaterPage(c, draft, cmp.Or(draft.Info.ContactEmail, draft.Info.AnsweredEmail))
	turn, err := s.Resume.Turn(c.UserContext(), draft)
	if err != nil {
		return err
	}
	p.Turn = s.turnOf(p.Lang, turn)
	return s.render(c, "save_for_later", p)
}

// turnOf returns the words for when a link goes out that waits for its turn, or "".
func (s *Server) turnOf(l i18n.Lang, turn time.Time) string {
	now := s.Now()
	if !turn.After(now) {
		return ""
	}
	return i18n.When(l, wholeMinute(turn).In(s.Zone), now)
}

func (s *Server) saveForLaterPage(c *fiber.Ctx, draft wizard.Progress, email string) saveForLaterPage {
	l := langOf(c)
	p := saveForLaterPage{
		page:       s.page(c, i18n.T(l, "later.page_title")),
		botCheck:   s.botCheck(false),
		KeptUntil:  i18n.Until(l, s.Wizard.ExpiresAt(draft.Draft.Saved).In(s.Zone), s.Now()),
		Address:    email,
		Suggestion: s.linkSuggestion(l, localPath(l, laterPath), email),
		Reminds:    s.Resume.Reminds() && !draft.Info.Reminded,
		DraftID:    draft.DraftID(),
		Apply:      localPath(l, applyPath),
	}
	p.Suggestion.DraftID = p.DraftID
	return p
}

// sendResumeLink mails a link to continue the draft. The page that follows says when the
// letter goes out if it waits for its turn.
func (s *Server) sendResumeLink(c *fiber.Ctx) error {
	posted, l := readPost(c), langOf(c)
	draft, err := s.visit(c).draft()
	switch {
	case err != nil:
		return err
	case s.visit(c).switched(posted):
		return s.redirectWithNote(c, l, laterPath, noteSwitched)
	}
	typed := readEmail(posted)
	email, err := address.Canonical(typed)
	switch {
	case err != nil:
		return s.refuseEmail(c, draft, typed)
	case s.looksAutomated(posted):
		return s.askToRepeat(c, draft, typed)
	}
	return s.mailLink(c, draft, email, laterPath)
}

// mailLink mails a link to a draft, and redirects to a page that says whether the letter
// is on its way.
func (s *Server) mailLink(c *fiber.Ctx, draft wizard.Progress, email, page string) error {
	l, note := langOf(c), noteMailed
	err := s.Resume.SendLink(c.UserContext(), draft, email, l, s.clientNetwork(c))
	if errors.Is(err, mail.ErrFull) {
		note, err = noteCrowded, nil
	}
	if err != nil {
		return err
	}
	return s.redirectWithNote(c, l, page, note)
}

// refuseEmail shows the page again, with the problem of the typed address.
func (s *Server) refuseEmail(c *fiber.Ctx, draft wizard.Progress, typed string) error {
	p := s.saveForLaterPage(c, draft, typed)
	p.Failed, p.Switch = true, switchByPost(p.Lang, laterPath, emailField, typed, versionField, p.DraftID)
	p.Problems = []problem{{ID: emailField, Text: emailProblem(p.Lang, typed)}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "save_for_later", p)
}

// askToRepeat shows the typed address again and asks for one more press.
func (s *Server) askToRepeat(c *fiber.Ctx, draft wizard.Progress, typed string) error {
	p := s.saveForLaterPage(c, draft, typed)
	p.botCheck, p.Note, p.FocusNote = s.botCheck(true), i18n.T(p.Lang, "press.named", i18n.T(p.Lang, "later.send")), true
	p.Switch = switchByPost(p.Lang, laterPath, emailField, typed, versionField, p.DraftID)
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "save_for_later", p)
}
