package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
	"joinery/app/member"
)

// A sentPage says where an application stands that this browser sent and, while
// it waits, what can be done about it.
type sentPage struct {
	page
	State      member.State
	Apply      string
	Problems   []problem
	Email      string
	Until      string // when it ends if it is not confirmed
	Code       sentCode
	Mail       mailStatus
	Suggestion emailSuggestion // about Email
	Address    emailForm
	Receipt    *receiptLinks // nil: there is no receipt
}

func (s *Server) showSent(c *fiber.Ctx) error {
	a, err := s.Join.Sent(c.UserContext(), s.session(c))
	if errors.Is(err, join.ErrNoDraft) {
		return redirect(c, langOf(c), "/apply")
	}
	if err != nil {
		return err
	}
	return s.renderSent(c, a)
}

func (s *Server) renderSent(c *fiber.Ctx, a member.Application) error {
	p, err := s.sentPage(c, a)
	if err != nil {
		return err
	}
	if a.State == member.Waiting && p.markCodeWrong(c.Query("wrong")) {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return s.render(c, "sent", p)
}

func (s *Server) sentPage(c *fiber.Ctx, a member.Application) (sentPage, error) {
	l := langOf(c)
	p := sentPage{page: s.page(c, i18n.T(l, "sent."+string(a.State)+".title")), State: a.State, Apply: localPath(l, "/apply")}
	p.PagePath, p.Receipt = "/apply/sent", s.receiptLinks(c, p.page, a)
	if a.State == member.Waiting {
		err := s.tellWaiting(c, &p, a)
		return p, err
	}
	if c.Query("note") != "sent" {
		p.Note, p.FocusNote = "", false // it was about something that has ended since
	}
	return p, nil
}

// getSentAct answers a browser that asks once more for an address that only
// takes posts, as after a failure and a reload.
func (s *Server) getSentAct(c *fiber.Ctx) error { return redirect(c, langOf(c), "/apply/sent") }

// resendConfirmation sends a fresh link to the address of the application.
func (s *Server) resendConfirmation(c *fiber.Ctx) error {
	err := s.Join.ResendConfirmation(c.UserContext(), s.session(c), s.clientNetwork(c))
	switch {
	case errors.Is(err, join.ErrTooSoon), errors.Is(err, join.ErrNoDraft):
		return redirect(c, langOf(c), "/apply/sent") // which says why not
	case err != nil:
		return err
	}
	return redirect(c, langOf(c), "/apply/sent?note=again")
}

// startCorrection gives the answers of a waiting application back to be changed.
func (s *Server) startCorrection(c *fiber.Ctx) error {
	id := s.session(c)
	switch err := s.Join.StartCorrection(c.UserContext(), id); {
	case errors.Is(err, join.ErrNoDraft):
		return redirect(c, langOf(c), "/apply")
	case err != nil:
		return err
	}
	s.setSession(c, id) // as long as the draft, which begins now
	return redirect(c, langOf(c), sectionPath(nil)+"?note=correct")
}
