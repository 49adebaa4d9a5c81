package web

import (
	"cmp"
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/wizard"
)

// What a browser can hold.
const (
	holdsDraft   = "draft"
	holdsWaiting = "waiting"
	holdsMember  = "member"
	holdsNothing = "nothing" // what it led to has ended
)

// A leavePage says what leaving this browser means, and how its applicant comes back. It
// shows no answer, because the next person may have opened it.
type leavePage struct {
	page
	botCheck
	Holds      string // what this browser holds
	Text       string // what becomes of it
	Recipient  string // masked: where a link to the draft can be sent, or the letter was sent to, or ""
	Address    string // as typed
	Problems   []problem
	Suggestion emailSuggestion // about Address
	DraftID    string          // for the posts
	Receipt    string          // the path of the receipt, or ""
	Turn       string          // when a link goes out that waits for its turn, or ""
	Refused    bool            // the letter about the application was refused
	Ended      bool            // the link in that letter may confirm nothing in another browser
	Path       string
	Apply      string
}

// showLeave shows what leaving this browser means. It changes nothing.
func (s *Server) showLeave(c *fiber.Ctx) error {
	switch p, err := s.leavePage(c, ""); {
	case err != nil:
		return err
	case p.Holds == "":
		return redirect(c, langOf(c), "")
	default:
		return s.render(c, "leave", p)
	}
}

// leavePage returns the page for leaving with a typed address, or with nothing that the
// browser holds.
func (s *Server) leavePage(c *fiber.Ctx, typed string) (leavePage, error) {
	l, v := langOf(c), s.visit(c)
	p := leavePage{page: s.page(c, i18n.T(l, "leave.title")), botCheck: s.botCheck(false), Path: localPath(l, leavePath), Apply: localPath(l, applyPath)}
	p.PagePath, p.DraftID = leavePath, v.heldID()
	here, err := v.progress()
	switch {
	case errors.Is(err, wizard.ErrSubmitted), err == nil && here.Outcome.Status == wizard.Completed:
		return p, s.addApplication(c, &p)
	case err != nil:
		return p, err
	case here.HasDraft():
		p.Holds = holdsDraft
		p.Text = i18n.T(l, "leave.draft.text", i18n.Until(l, s.Wizard.ExpiresAt(here.Draft.Saved).In(s.Zone), s.Now()))
		p.Recipient, p.Address = address.Masked(knownEmail(here)), typed
		p.Suggestion = s.linkSuggestion(l, p.Path+"/link", cmp.Or(knownEmail(here), typed))
		p.Suggestion.DraftID = p.DraftID
		turn, err := s.Resume.Turn(c.UserContext(), here)
		p.Turn = s.turnOf(l, turn)
		return p, err
	case here.Info.Draft != "":
		p.Holds, p.Text = holdsNothing, i18n.T(l, "leave.nothing.text")
	}
	return p, nil
}

// addApplication adds what the page says about an application that waits or was
// confirmed.
func (s *Server) addApplication(c *fiber.Ctx, p *leavePage) error {
	a, err := s.visit(c).application()
	if err != nil {
		return err
	}
	p.Holds, p.Text = holdsMember, i18n.T(p.Lang, "leave.member.text")
	if receipt := s.receiptLink(c, p.page, a); receipt != nil {
		p.Receipt = receipt.Path
	}
	if _, err := s.visit(c).waiting(); err != nil {
		return nil
	}
	p.Holds, p.Recipient = holdsWaiting, address.Masked(a.Email)
	p.Text = i18n.T(p.Lang, "leave.waiting.text", i18n.Until(p.Lang, s.Confirm.EndsAt(a).In(s.Zone), s.Now()))
	state, err := s.Confirm.Confirmation(c.UserContext(), a)
	p.Refused = state.State == mail.Refused
	p.Ended = state.NewestCodeIsLate || state.AttemptsLeft == 0
	return err
}

// SuggestedRecipient returns the address that was most likely meant by the known one,
// masked, or "".
func (p leavePage) SuggestedRecipient() string {
	if p.Recipient == "" {
		return ""
	}
	return address.Masked(p.Suggestion.Suggestion)
}

// OnlyWayIsHere reports whether something must be done before leaving, if the applicant is
// to come back or to become a member.
func (p leavePage) OnlyWayIsHere() bool {
	return p.Holds == holdsDraft && p.Recipient == "" || p.Refused || p.Ended
}

// knownEmail returns the address by which a draft is found, or "".
func knownEmail(here wizard.Progress) string {
	return cmp.Or(here.Info.ContactEmail, here.Info.AnsweredEmail)
}

// leave makes this browser forget what it holds. A second post has the same answer.
func (s *Server) leave(c *fiber.Ctx) error {
	v := s.visit(c)
	switch _, err := v.anyDraft(); {
	case err != nil:
		return err
	case v.switched(readPost(c)):
		return s.redirectWithNote(c, langOf(c), leavePath, noteSwitched)
	}
	if v.session != "" {
		if err := s.Resume.Leave(c.UserContext(), v.session); err != nil {
			return err
		}
		s.apply.clearSession(c)
	}
	c.Set("Clear-Site-Data", `"cache"`) // with the pages to which Back would lead
	return s.redirectWithNote(c, langOf(c), "", noteLeft)
}

// redirectToLeave answers a GET of a path that only takes posts.
func (s *Server) redirectToLeave(c *fiber.Ctx) error { return redirect(c, langOf(c), leavePath) }

// sendLinkBeforeLeaving mails a link to the draft: to the address that it is found by or,
// without one, to the typed address.
func (s *Server) sendLinkBeforeLeaving(c *fiber.Ctx) error {
	posted, l := readPost(c), langOf(c)
	draft, err := s.visit(c).draft()
	switch {
	case err != nil:
		return err
	case s.visit(c).switched(posted):
		return s.redirectWithNote(c, l, leavePath, noteSwitched)
	}
	typed := readEmail(posted)
	email, err := address.Canonical(cmp.Or(knownEmail(draft), typed))
	switch {
	case err != nil:
		return s.askBeforeLeaving(c, typed, emailProblem(l, typed))
	case s.looksAutomated(posted):
		return s.askBeforeLeaving(c, typed, "")
	}
	return s.mailLink(c, draft, email, leavePath)
}

// askBeforeLeaving shows the typed address again: with its problem or, if wrong is "", to
// be posted by one more press.
func (s *Server) askBeforeLeaving(c *fiber.Ctx, typed, wrong string) error {
	p, err := s.leavePage(c, typed)
	if err != nil {
		return err
	}
	p.Switch = switchByPost(p.Lang, leavePath+"/link", emailField, typed, versionField, p.DraftID)
	if wrong == "" {
		p.botCheck, p.Note, p.FocusNote = s.botCheck(true), i18n.T(p.Lang, "press.named", i18n.T(p.Lang, "later.send")), true
	} else {
		p.Failed, p.Problems = true, []problem{{ID: emailField, Text: wrong}}
	}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "leave", p)
}
