package web

import (
	"cmp"
	"crypto/rand"
	"errors"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
)

// A draftName is how a draft is named to somebody who may have several: never
// by what is in it.
type draftName struct {
	Lang                    i18n.Lang
	Saved, Where, KeptUntil string
}

func (s *Server) draftName(l i18n.Lang, p join.Progress) *draftName {
	return &draftName{
		Lang:      l,
		Saved:     i18n.Time(l, p.Draft.Saved.In(time.Local)),
		Where:     s.titleOf(l, p.NextPage(s.Join.Form)),
		KeptUntil: i18n.Date(l, s.Join.ExpiresAt(p.Draft.Saved).In(time.Local)),
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

func (s *Server) offer(l i18n.Lang, w join.ResumeLink, here join.Progress) *offer {
	o := &offer{Lang: l, Apply: localPath(l, "/apply"), Draft: s.draftName(l, w.Progress), SubmissionID: rand.Text()}
	if replacesDraft(w, here) {
		o.Other, o.OtherID = s.draftName(l, here), here.ShortID()
	}
	return o
}

// currentProgress returns how far this browser has come with its draft, if it holds one
// that was not sent.
func (s *Server) currentProgress(c *fiber.Ctx) (join.Progress, error) {
	progress, err := s.Join.Progress(c.UserContext(), s.session(c))
	if errors.Is(err, join.ErrSent) {
		return join.Progress{}, nil
	}
	return progress, err
}

// draftSwitched reports whether this browser has changed to another draft than the
// one that the page was about.
func (s *Server) draftSwitched(c *fiber.Ctx, posted url.Values) (bool, error) {
	here, err := s.currentProgress(c)
	return here.ShortID() != "" && posted.Has("version") && posted.Get("version") != here.ShortID(), err
}

// alreadyHeld reports whether this browser alreadyHeld the draft of w already.
func alreadyHeld(w join.ResumeLink, here join.Progress) bool {
	return here.ShortID() != "" && here.ShortID() == w.Progress.ShortID()
}

// replacesDraft reports whether this browser would give up the draft that it holds
// for that of w.
func replacesDraft(w join.ResumeLink, here join.Progress) bool {
	return here.ShortID() != "" && !alreadyHeld(w, here)
}

// choiceMade reports whether the draft that this browser would give up, if there
// is one, was named on the page. It may have been begun since.
func choiceMade(w join.ResumeLink, here join.Progress, posted url.Values) bool {
	return !replacesDraft(w, here) || posted.Get("other") == here.ShortID()
}

// enter lets this browser in by w, and reports whether it did.
func (s *Server) enter(c *fiber.Ctx, w join.ResumeLink, posted url.Values) (bool, error) {
	press := cmp.Or(posted.Get("press"), rand.Text()) // two posts that name no page are not of the same
	id, err := s.Join.Enter(c.UserContext(), w, s.session(c), press)
	if err != nil || id == "" {
		return false, err
	}
	s.setSession(c, id)
	return true, nil
}
