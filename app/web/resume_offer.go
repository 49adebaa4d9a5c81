package web

import (
	"cmp"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/resume"
	"joinery/app/token"
	"joinery/app/wizard"
)

// A draftName is how a draft is named to somebody who may have several: never
// by what is in it.
type draftName struct {
	Lang                    i18n.Lang
	Saved, Where, KeptUntil string
}

func (s *Server) draftName(l i18n.Lang, p wizard.Progress) *draftName {
	return &draftName{
		Lang:      l,
		Saved:     i18n.Time(l, p.Draft.Saved.In(time.Local)),
		Where:     s.apply.titleOf(l, p.NextPage(s.Wizard.Form)),
		KeptUntil: i18n.Date(l, s.Wizard.ExpiresAt(p.Draft.Saved).In(time.Local)),
	}
}

// An offer is a draft that this browser can be given. If it holds another,
// that is named too: nobody is to lose sight of one without knowing.
type offer struct {
	Lang         i18n.Lang
	From         string     // where the draft comes from: message or device
	Action       string     // where the offer is taken
	Apply        string     // where the other draft goes on
	Draft        *draftName // that is offered
	Other        *draftName // that this browser holds, or nil
	OtherID      string     // of the other, for the post
	SubmissionID string     // names this showing of the page
	Code         string     // that was typed, or ""
}

func (s *Server) offer(l i18n.Lang, link resume.Link, here wizard.Progress) *offer {
	o := &offer{Lang: l, Apply: localPath(l, applyPath), Draft: s.draftName(l, link.Progress), SubmissionID: token.Secret()}
	if replacesDraft(link, here) {
		o.Other, o.OtherID = s.draftName(l, here), here.DraftID()
	}
	return o
}

// draftSwitched reports whether this browser has changed to another draft than
// the one that the page was about.
func draftSwitched(here wizard.Progress, posted url.Values) bool {
	return here.HasDraft() && posted.Has(versionField) && posted.Get(versionField) != here.DraftID()
}

// alreadyHeld reports whether this browser holds the draft of a link already.
func alreadyHeld(link resume.Link, here wizard.Progress) bool {
	return here.HasDraft() && here.DraftID() == link.Progress.DraftID()
}

// replacesDraft reports whether this browser would give up the draft that it holds
// for that of a link.
func replacesDraft(link resume.Link, here wizard.Progress) bool {
	return here.HasDraft() && !alreadyHeld(link, here)
}

// choiceMade reports whether the draft that this browser would give up, if there
// is one, was named on the page. It may have been begun since.
func choiceMade(link resume.Link, here wizard.Progress, posted url.Values) bool {
	return !replacesDraft(link, here) || posted.Get("other") == here.DraftID()
}

// enter lets this browser in by a link, and reports whether it did.
func (s *Server) enter(c *fiber.Ctx, link resume.Link, here wizard.Progress, posted url.Values) (bool, error) {
	submission := cmp.Or(posted.Get(submissionID), token.Secret()) // two posts that name no page are not of the same
	session, err := s.Resume.Enter(c.UserContext(), link, here, submission)
	if err != nil || session == "" {
		return false, err
	}
	s.apply.setSession(c, session)
	return true, nil
}
