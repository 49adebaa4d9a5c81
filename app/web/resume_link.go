package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/wizard"
)

// A resumeLinkPage shows the status of a resume link and the possible actions.
type resumeLinkPage struct {
	page
	Status    resume.Status
	Path      string     // the path of the link itself
	Lost      string     // that the answers of the draft were lost, or ""
	Draft     *draftName // the draft of the link, or nil
	Offer     *offer     // nil: the link gives no browser the draft
	Recipient string     // masked: the address for a fresh link, or ""
	Turn      string     // when a fresh link goes out that waits for its turn, or ""
	HasDraft  bool       // this browser holds a draft
	Waiting   bool       // an application from this browser waits for confirmation
}

// resumeStatuses are the HTTP statuses of resume links that have ended.
var resumeStatuses = map[resume.Status]int{
	resume.Mistyped: fiber.StatusNotFound, resume.Cut: fiber.StatusNotFound,
	resume.Gone: fiber.StatusGone, resume.Finished: fiber.StatusGone, resume.Superseded: fiber.StatusGone,
}

// resumeLink returns the link of a request and the progress of this browser.
func (s *Server) resumeLink(c *fiber.Ctx) (link resume.Link, here wizard.Progress, err error) {
	if link, err = s.Resume.Link(c.UserContext(), c.Params("token")); err == nil {
		here, err = s.visit(c).anyDraft()
	}
	return link, here, err
}

func resumePath(c *fiber.Ctx) string { return "/resume/" + c.Params("token") }

// showResumeLink shows the status of a resume link. It changes nothing, so a program that
// follows links in mail changes nothing. A browser that holds the draft already has a
// cookie that no such program has: it is led to the draft, and has proven the mailbox.
func (s *Server) showResumeLink(c *fiber.Ctx) error {
	link, here, err := s.resumeLink(c)
	switch {
	case err != nil:
		return err
	case alreadyHeld(link, here):
		return s.proveMailbox(c, link, here)
	}
	if status, ok := resumeStatuses[link.Status]; ok {
		c.Status(status)
	}
	if link.Status == resume.Open {
		s.setProbe(c)
	}
	p := s.resumeLinkPage(c, link, here)
	p.Waiting = link.Status == resume.Finished && here.Outcome.Status == wizard.Submitted
	if link.Renewable() {
		turn, err := s.Resume.TurnOfLink(c.UserContext(), link)
		if err != nil {
			return err
		}
		p.Turn = s.turnOf(p.Lang, turn)
	}
	return s.render(c, "resume_link", p)
}

// proveMailbox notes that this browser, which holds the draft of a link, has the link,
// and redirects to the draft.
func (s *Server) proveMailbox(c *fiber.Ctx, link resume.Link, here wizard.Progress) error {
	if c.Method() != fiber.MethodGet {
		return redirect(c, langOf(c), applyPath)
	}
	closed, err := s.Resume.Prove(c.UserContext(), link, here)
	if err != nil {
		return err
	}
	return s.redirectToDraft(c, closed)
}

func (s *Server) resumeLinkPage(c *fiber.Ctx, link resume.Link, here wizard.Progress) resumeLinkPage {
	l := langOf(c)
	p := resumeLinkPage{
		page:     s.page(c, i18n.T(l, "resume."+string(link.Status)+".title")),
		Status:   link.Status,
		Path:     localPath(l, resumePath(c)),
		HasDraft: here.HasDraft(),
	}
	if p.Lost = s.apply.lostData(l, "lost_data.link", link.Progress); p.Lost != "" {
		p.Title = i18n.T(l, "lost_data.title")
	}
	if link.Progress.HasDraft() && link.Status != resume.Superseded {
		p.Draft = s.draftName(l, link.Progress)
	}
	if link.Renewable() {
		p.Recipient = address.Masked(link.Recipient())
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

// enterByLink gives this browser the draft of a link. If it cannot, it redirects to the
// page of the link, which says why.
func (s *Server) enterByLink(c *fiber.Ctx) error {
	link, here, err := s.resumeLink(c)
	if err != nil {
		return err
	}
	posted := readPost(c)
	_, _, switched := switchedProblem(posted)
	switch cookies := s.keepsCookies(c) && !switched; {
	case !choiceMade(link, here, posted), !cookies && link.Status != resume.Open:
		return s.redirectToResumeLink(c)
	case !cookies:
		p := s.resumeLinkPage(c, link, here)
		s.askForCookies(c, &p.page, resumePath(c))
		return s.render(c, "resume_link", p)
	}
	if entered, err := s.enter(c, link, here, posted); err != nil || entered {
		return err
	}
	return s.redirectToResumeLink(c)
}

// redirectToResumeLink redirects to the page of a link. It also answers a GET of a path
// that only takes posts.
func (s *Server) redirectToResumeLink(c *fiber.Ctx) error {
	return redirect(c, langOf(c), resumePath(c))
}

// reissueResumeLink sends a fresh link to the mailbox of an old one.
func (s *Server) reissueResumeLink(c *fiber.Ctx) error {
	link, err := s.Resume.Link(c.UserContext(), c.Params("token"))
	switch {
	case err != nil:
		return err
	case !link.Renewable():
		return s.redirectToResumeLink(c)
	}
	err = s.Resume.Reissue(c.UserContext(), link, s.clientNetwork(c))
	if errors.Is(err, mail.ErrFull) {
		return s.redirectWithNote(c, langOf(c), resumePath(c), noteCrowded)
	}
	if err != nil {
		return err
	}
	return s.redirectWithNote(c, langOf(c), resumePath(c), noteFresh)
}
