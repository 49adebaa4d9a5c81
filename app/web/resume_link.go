package web

import (
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
)

// A resumeLinkPage says how a link to a draft stands, and what can be done.
type resumeLinkPage struct {
	page
	Status    join.LinkStatus
	Path      string     // of the link itself
	Draft     *draftName // that it leads to, or nil
	Offer     *offer     // nil: it lets nobody in
	Recipient string     // masked: where a fresh link can be sent, or ""
	HasDraft  bool       // this browser holds a draft
	Waiting   bool       // this browser sent an application that waits
}

// resumeStatuses are those of the pages of links to drafts that lead no further.
var resumeStatuses = map[join.LinkStatus]int{
	join.Mistyped: fiber.StatusNotFound, join.Gone: fiber.StatusGone, join.Finished: fiber.StatusGone, join.Superseded: fiber.StatusGone,
}

// resumeLink returns the link that was opened, and what this browser holds.
func (s *Server) resumeLink(c *fiber.Ctx) (w join.ResumeLink, here join.Progress, err error) {
	if w, err = s.Join.ResumeLink(c.UserContext(), c.Params("token")); err == nil {
		here, err = s.currentProgress(c)
	}
	return w, here, err
}

func resumePath(c *fiber.Ctx) string { return "/resume/" + c.Params("token") }

// showResumeLink shows how a link to a draft stands or, in a browser that holds the
// draft already, leads on to it. It changes nothing, so that a program that
// follows links in mail changes nothing.
func (s *Server) showResumeLink(c *fiber.Ctx) error {
	w, here, err := s.resumeLink(c)
	switch {
	case err != nil:
		return err
	case alreadyHeld(w, here):
		return redirect(c, langOf(c), "/apply")
	}
	if status, ok := resumeStatuses[w.Status]; ok {
		c.Status(status)
	}
	p := s.resumeLinkPage(c, w, here)
	if w.Status == join.Finished {
		_, err := s.Join.Progress(c.UserContext(), s.session(c))
		p.Waiting = errors.Is(err, join.ErrSent)
	}
	return s.render(c, "resume_link", p)
}

func (s *Server) resumeLinkPage(c *fiber.Ctx, w join.ResumeLink, here join.Progress) resumeLinkPage {
	l := langOf(c)
	p := resumeLinkPage{
		page:     s.page(c, i18n.T(l, "resume."+string(w.Status)+".title")),
		Status:   w.Status,
		Path:     localPath(l, resumePath(c)),
		HasDraft: here.ShortID() != "",
	}
	if w.Progress.ShortID() != "" && w.Status != join.Superseded {
		p.Draft = s.draftName(l, w.Progress)
	}
	if w.Renewable() {
		p.Recipient = masked(w.Recipient())
	}
	if w.Status == join.Open {
		p.Offer = s.offer(l, w, here)
		p.Offer.From, p.Offer.Action = "message", p.Path
	}
	if p.Offer != nil && p.Offer.Other != nil {
		p.Title = i18n.T(l, "resume.choose.title")
	}
	return p
}

// masked returns an address so that its owner knows it again and nobody else
// learns it; of none it returns none.
func masked(address string) string {
	local, domain, ok := strings.Cut(address, "@")
	if !ok {
		return ""
	}
	return local[:min(1, len(local))] + "•••@" + domain
}

// enterByLink lets this browser in to the draft of a link, once somebody has pressed
// the button. Where it does not, it leads to the link's page, which says why.
func (s *Server) enterByLink(c *fiber.Ctx) error {
	w, here, err := s.resumeLink(c)
	if err != nil {
		return err
	}
	posted := readPost(c)
	if !choiceMade(w, here, posted) {
		return s.redirectToResumeLink(c)
	}
	switch entered, err := s.enter(c, w, posted); {
	case err != nil:
		return err
	case !entered:
		return s.redirectToResumeLink(c)
	}
	return redirect(c, langOf(c), "/apply")
}

// redirectToResumeLink leads to the page of a link, also a browser that asks once more
// for an address that only takes posts.
func (s *Server) redirectToResumeLink(c *fiber.Ctx) error {
	return redirect(c, langOf(c), resumePath(c))
}

// reissueResumeLink sends a fresh link to the mailbox of an old one. Whether too many
// letters went there lately, it does not say.
func (s *Server) reissueResumeLink(c *fiber.Ctx) error {
	w, err := s.Join.ResumeLink(c.UserContext(), c.Params("token"))
	switch {
	case err != nil:
		return err
	case !w.Renewable():
		return s.redirectToResumeLink(c)
	}
	if err := s.Join.ReissueResumeLink(c.UserContext(), w, s.clientNetwork(c)); err != nil {
		return err
	}
	return redirect(c, langOf(c), withQuery(resumePath(c), "note", "fresh"))
}

// showDeleteByLink shows to whoever reads the mailbox what would be deleted,
// while the link is good. It deletes nothing.
func (s *Server) showDeleteByLink(c *fiber.Ctx) error {
	w, err := s.Join.ResumeLink(c.UserContext(), c.Params("token"))
	l := langOf(c)
	switch {
	case err != nil:
		return err
	case w.Status != join.Open:
		return s.redirectToResumeLink(c)
	}
	return s.render(c, "draft_delete", deletePage{
		page:         s.page(c, i18n.T(l, "delete.title")),
		Saved:        i18n.Time(l, w.Progress.Draft.Saved.In(time.Local)),
		KeptUntil:    i18n.Date(l, s.Join.ExpiresAt(w.Progress.Draft.Saved).In(time.Local)),
		Contents:     s.draftContents(l, w.Progress.Draft),
		ContactEmail: masked(w.Progress.Info.ContactEmail),
		Path:         localPath(l, resumePath(c)),
	})
}

// deleteByLink deletes the draft of a link. Pressed again, when the link is known
// no more, it says the same.
func (s *Server) deleteByLink(c *fiber.Ctx) error {
	w, here, err := s.resumeLink(c)
	switch {
	case err != nil:
		return err
	case w.Status == join.Mistyped:
		return redirect(c, langOf(c), "?note=deleted")
	case w.Status != join.Open:
		return s.redirectToResumeLink(c)
	}
	switch err := s.Join.DeleteByLink(c.UserContext(), w); {
	case errors.Is(err, join.ErrSent):
		return s.redirectToResumeLink(c)
	case err != nil:
		return err
	}
	switch {
	case alreadyHeld(w, here):
		s.clearSession(c)
	case here.ShortID() != "":
		return redirect(c, langOf(c), "?note=deleted_other")
	}
	return redirect(c, langOf(c), "?note=deleted")
}
