package web

import (
	"cmp"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/resume"
	"joinery/app/token"
	"joinery/app/wizard"
)

// A draftName describes a draft to an applicant with several drafts, without showing
// any answer.
type draftName struct {
	Lang                    i18n.Lang
	Saved, Where, KeptUntil string
}

func (s *Server) draftName(l i18n.Lang, p wizard.Progress) *draftName {
	return &draftName{
		Lang:      l,
		Saved:     i18n.When(l, p.Draft.Saved.In(s.Zone), s.Now()),
		Where:     s.apply.titleOf(l, p.NextPage(s.Wizard.Form)),
		KeptUntil: i18n.Until(l, s.Wizard.ExpiresAt(p.Draft.Saved).In(s.Zone), s.Now()),
	}
}

// An offer is a draft that this browser can take over. It also names the draft that
// the browser would give up, so no applicant loses a draft unknowingly.
type offer struct {
	Lang         i18n.Lang
	From         string     // the source of the draft: message or device
	Action       string     // the path to which the offer is posted
	Apply        string     // the path where the other draft continues
	Draft        *draftName // the offered draft
	Other        *draftName // the draft that this browser holds, or nil
	OtherID      string     // the ID of the other draft, for the post
	SubmissionID string     // identifies this rendered page
	Code         string     // the typed code, or ""
}

func (s *Server) offer(l i18n.Lang, link resume.Link, here wizard.Progress) *offer {
	o := &offer{Lang: l, Apply: localPath(l, applyPath), Draft: s.draftName(l, link.Progress), SubmissionID: token.Secret()}
	if replacesDraft(link, here) {
		o.Other, o.OtherID = s.draftName(l, here), here.DraftID()
	}
	return o
}

// alreadyHeld reports whether this browser already holds the draft of a link.
func alreadyHeld(link resume.Link, here wizard.Progress) bool {
	return here.HasDraft() && here.DraftID() == link.Progress.DraftID()
}

// replacesDraft reports whether this browser would give up another draft for the draft
// of a link.
func replacesDraft(link resume.Link, here wizard.Progress) bool {
	return here.HasDraft() && !alreadyHeld(link, here)
}

// choiceMade reports whether the page named the draft that this browser would give up,
// if there is one. The browser may have begun that draft since.
func choiceMade(link resume.Link, here wizard.Progress, posted url.Values) bool {
	return !replacesDraft(link, here) || posted.Get("other") == here.DraftID()
}

// enter gives this browser the draft of a link and redirects to it. It reports whether it
// did.
func (s *Server) enter(c *fiber.Ctx, link resume.Link, here wizard.Progress, posted url.Values) (bool, error) {
	submission := cmp.Or(posted.Get(submissionID), token.Secret()) // two posts without an ID are not from the same page
	session, closed, err := s.Resume.Enter(c.UserContext(), link, here, submission)
	if err != nil || session == "" {
		return false, err
	}
	s.apply.setSession(c, session)
	return true, s.redirectToDraft(c, closed)
}

// redirectToDraft redirects to the draft that this browser holds now. The page says
// whether the draft was closed in another browser.
func (s *Server) redirectToDraft(c *fiber.Ctx, closed bool) error {
	note := noteNone
	if closed {
		note = noteClosedOther
	}
	return s.redirectWithNote(c, langOf(c), applyPath, note)
}
