package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/i18n"
	"joinery/app/resume"
	"joinery/app/wizard"
)

// showDeleteByLink shows the reader of the mailbox what would be deleted, while the link
// is valid. It deletes nothing.
func (s *Server) showDeleteByLink(c *fiber.Ctx) error {
	link, err := s.Resume.Link(c.UserContext(), c.Params("token"))
	switch {
	case err != nil:
		return err
	case link.Status != resume.Open:
		return s.redirectToResumeLink(c)
	}
	p := s.deletePage(c, link.Progress)
	p.ContactEmail, p.Path = address.Masked(p.ContactEmail), localPath(p.Lang, resumePath(c))
	p.DraftID = "" // the path identifies the draft
	return s.render(c, "draft_delete", p)
}

// deleteByLink deletes the draft of a link. A second post, for which the link is unknown
// by then, has the same answer.
func (s *Server) deleteByLink(c *fiber.Ctx) error {
	link, here, err := s.resumeLink(c)
	switch {
	case err != nil:
		return err
	case link.Status == resume.Mistyped:
		return s.redirectWithNote(c, langOf(c), "", noteDeleted)
	case link.Status != resume.Open:
		return s.redirectToResumeLink(c)
	}
	switch err := s.Resume.DeleteByLink(c.UserContext(), link); {
	case errors.Is(err, wizard.ErrSubmitted):
		return s.redirectToResumeLink(c)
	case err != nil:
		return err
	}
	note := noteDeleted
	switch {
	case alreadyHeld(link, here):
		s.apply.clearSession(c)
	case here.HasDraft():
		note = noteDeletedOther
	}
	return s.redirectWithNote(c, langOf(c), "", note)
}

// deletePage returns the page that asks for the deletion of a draft to be confirmed.
func (s *Server) deletePage(c *fiber.Ctx, p wizard.Progress) deletePage {
	l := langOf(c)
	return deletePage{
		page:         s.page(c, i18n.T(l, "delete.title")),
		Saved:        i18n.When(l, p.Draft.Saved.In(s.Zone), s.Now()),
		KeptUntil:    i18n.Until(l, s.Wizard.ExpiresAt(p.Draft.Saved).In(s.Zone), s.Now()),
		Contents:     s.draftContents(l, p.Draft),
		ContactEmail: p.Info.ContactEmail,
		DraftID:      p.DraftID(),
		Path:         localPath(l, applyPath),
	}
}
