package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/resume"
	"joinery/app/wizard"
)

// A resumeLinkPage says how a link to a draft stands, and what can be done.
type resumeLinkPage struct {
	page
	Status    resume.Status
	Path      string     // of the link itself
	Draft     *draftName // that it leads to, or nil
	Offer     *offer     // nil: it lets nobody in
	Recipient string     // masked: where a fresh link can be sent, or ""
	HasDraft  bool       // this browser holds a draft
	Waiting   bool       // this browser sent an application that waits
}

// resumeStatuses are those of the pages of links to drafts that lead no further.
var resumeStatuses = map[resume.Status]int{
	resume.Mistyped: fiber.StatusNotFound, resume.Gone: fiber.StatusGone, resume.Finished: fiber.StatusGone, resume.Superseded: fiber.StatusGone,
}

// resumeLink returns the link that was opened, and what this browser holds.
func (s *Server) resumeLink(c *fiber.Ctx) (link resume.Link, here wizard.Progress, err error) {
	if link, err = s.Resume.Link(c.UserContext(), c.Params("token")); err == nil {
		here, err = s.visit(c).openDraft()
	}
	return link, here, err
}

func resumePath(c *fiber.Ctx) string { return "/resume/" + c.Params("token") }

// showResumeLink shows how a link to a draft stands or, in a browser that holds
// the draft already, leads on to it. It changes nothing, so a program that follows
// links in mail changes nothing.
func (s *Server) showResumeLink(c *fiber.Ctx) error {
	link, here, err := s.resumeLink(c)
	switch {
	case err != nil:
		return err
	case alreadyHeld(link, here):
		return redirect(c, langOf(c), applyPath)
	}
	if status, ok := resumeStatuses[link.Status]; ok {
		c.Status(status)
	}
	p := s.resumeLinkPage(c, link, here)
	p.Waiting = link.Status == resume.Finished && here.Outcome.Status == wizard.Submitted
	return s.render(c, "resume_link", p)
}

func (s *Server) resumeLinkPage(c *fiber.Ctx, link resume.Link, here wizard.Progress) resumeLinkPage {
	l := langOf(c)
	p := resumeLinkPage{
		page:     s.page(c, i18n.T(l, "resume."+string(link.Status)+".title")),
		Status:   link.Status,
		Path:     localPath(l, resumePath(c)),
		HasDraft: here.HasDraft(),
	}
	if link.Progress.HasDraft() && link.Status != resume.Superseded {
		p.Draft = s.draftName(l, link.Progress)
	}
	if link.Renewable() {
		p.Recipient = masked(link.Recipient())
	}
	if link.Status == resume.Open {
		p.Offer = s.offer(l, link, here)
		p.Offer.From, p.Offer.Action = "message", p.Path
	}
	if p.Offer != nil && p.Offer.Other != nil {
		p.Title = i18n.T(l, "resume.choose.title")
	}
	return p
}

// masked returns an address so that its owner knows it again and no other reader
// learns it; of none it returns none.
func masked(email string) string {
	local, domain, ok := strings.Cut(email, "@")
	if !ok {
		return ""
	}
	return local[:min(1, len(local))] + "•••@" + domain
}

// enterByLink lets this browser in to the draft of a link, once the button is
// pressed. Where it does not, it leads to the link's page, which says why.
func (s *Server) enterByLink(c *fiber.Ctx) error {
	link, here, err := s.resumeLink(c)
	if err != nil {
		return err
	}
	posted := readPost(c)
	if !choiceMade(link, here, posted) {
		return s.redirectToResumeLink(c)
	}
	switch entered, err := s.enter(c, link, here, posted); {
	case err != nil:
		return err
	case !entered:
		return s.redirectToResumeLink(c)
	}
	return redirect(c, langOf(c), applyPath)
}

// redirectToResumeLink leads to the page of a link, also a browser that asks once
// more for an address that only takes posts.
func (s *Server) redirectToResumeLink(c *fiber.Ctx) error {
	return redirect(c, langOf(c), resumePath(c))
}

// reissueResumeLink sends a fresh link to the mailbox of an old one. It does not
// say whether too many letters went there lately.
func (s *Server) reissueResumeLink(c *fiber.Ctx) error {
	link, err := s.Resume.Link(c.UserContext(), c.Params("token"))
	switch {
	case err != nil:
		return err
	case !link.Renewable():
		return s.redirectToResumeLink(c)
	}
	if err := s.Resume.Reissue(c.UserContext(), link, s.clientNetwork(c)); err != nil {
		return err
	}
	return redirect(c, langOf(c), withQuery(resumePath(c), queryNote, noteFresh))
}
