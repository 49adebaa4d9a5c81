package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A sentPage shows the state of the application from this browser and, while it waits
// for confirmation, the possible actions.
type sentPage struct {
	page
	State      member.State
	DraftID    string // for the posts
	Updated    bool   // the answers of a member were replaced; only in a browser that has proven the mailbox
	Apply      string
	Problems   []problem
	Until      string // when the application ends if it is not confirmed
	Code       sentCode
	Mail       mailStatus
	Suggestion emailSuggestion // about the address of the letter
	Address    emailForm
	FirstName  string       // of the applicant, so that another person notices whose application it is; or ""
	Receipt    *receiptLink // nil: there is no receipt
	Welcome    *welcomePart // nil: the application is not confirmed
}

// Trouble reports whether something in the disclosure of the page is to be read or done.
func (p sentPage) Trouble() bool {
	return p.FocusNote || p.Address.Repeated || p.Address.Wrong != "" || p.Code.Ended != "" || p.Code.Late || p.Mail.Late || p.Suggestion.Undeliverable
}

func (s *Server) showSent(c *fiber.Ctx) error {
	a, err := s.visit(c).application()
	if err != nil {
		return err
	}
	asked, err := s.Confirm.Asked(c.UserContext(), a, s.visit(c).session)
	switch {
	case err != nil:
		return err
	case asked:
		return s.showSentQuestion(c, a)
	}
	p, err := s.sentPage(c, a)
	if err != nil {
		return err
	}
	if a.State == member.Waiting && p.markCodeWrong(codeNote(s.note(c))) {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return s.render(c, "sent", p)
}

func (s *Server) sentPage(c *fiber.Ctx, a member.Application) (sentPage, error) {
	l := langOf(c)
	p := sentPage{page: s.page(c, i18n.T(l, "sent."+string(a.State)+".title")), State: a.State, DraftID: s.visit(c).heldID(), Apply: localPath(l, applyPath)}
	p.PagePath, p.Receipt = sentPath, s.receiptLink(c, p.page, a)
	if a.State == member.Waiting {
		err := s.addWaiting(c, &p, a)
		return p, err
	}
	if note := s.note(c); note != noteSent && note != noteAnswered && note != noteSwitched {
		p.Note, p.FocusNote = "", false // the note is about a waiting application, which has ended since
	}
	return p, s.addWelcome(c, &p, a)
}

// addWelcome welcomes a new member on the page, or says, where the mailbox was proven, that
// the answers of a member were replaced. Elsewhere nothing tells that the mailbox had a member.
func (s *Server) addWelcome(c *fiber.Ctx, p *sentPage, a member.Application) error {
	if a.State != member.Confirmed {
		return nil
	}
	proven, err := s.Confirm.Proven(c.UserContext(), a, s.visit(c).session)
	if err != nil {
		return err
	}
	updated, err := s.Confirm.UpdatedMember(c.UserContext(), a)
	if p.Updated = proven && updated; p.Updated {
		p.Title = i18n.T(p.Lang, "updated.title")
	}
	p.Welcome = s.welcomePart(p.Lang, p.Updated, p.Receipt)
	p.Welcome.Own = true
	return err
}

// redirectToSent redirects to the page about the application. It also answers a GET of a
// path that only takes posts, as after a failure and a reload.
func (s *Server) redirectToSent(c *fiber.Ctx) error { return redirect(c, langOf(c), sentPath) }

// resendConfirmation sends a fresh link to the address of the application.
func (s *Server) resendConfirmation(c *fiber.Ctx) error {
	if s.visit(c).switched(readPost(c)) {
		return s.redirectSwitched(c)
	}
	a, err := s.visit(c).waiting()
	if err != nil {
		return err
	}
	if err := s.Confirm.ResendConfirmation(c.UserContext(), a, s.clientNetwork(c)); err != nil {
		return err
	}
	return s.redirectWithNote(c, langOf(c), sentPath, noteAgain)
}

// startCorrection makes a draft of the answers of a waiting application, to be changed.
func (s *Server) startCorrection(c *fiber.Ctx) error {
	v := s.visit(c)
	a, err := v.waiting()
	switch {
	case errors.Is(err, confirm.ErrNoApplication):
		return redirect(c, langOf(c), applyPath) // perhaps the draft that a press before this one has made
	case err != nil:
		return err
	case v.switched(readPost(c)):
		return s.redirectSwitched(c)
	}
	key, err := v.draftKey()
	if err != nil {
		return err
	}
	if err := s.Confirm.StartCorrection(c.UserContext(), a, key); err != nil {
		return err
	}
	s.apply.setSession(c, v.session) // for the life of the draft, which begins now
	return s.redirectWithNote(c, langOf(c), s.apply.path(nil), noteCorrect)
}
