package web

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
	"joinery/app/member"
)

// A sentPage says where an application stands that this browser sent.
type sentPage struct {
	page
	State member.State
	Email string
	Held  bool   // no letter was sent yet: too many went to the address
	Until string // when it ends if it is not confirmed
	Apply string
}

func (s *Server) showSent(c *fiber.Ctx) error {
	a, err := s.Join.Sent(c.UserContext(), s.draftID(c))
	if errors.Is(err, join.ErrNoDraft) {
		return redirect(c, langOf(c), "/apply")
	}
	if err != nil {
		return err
	}
	l := langOf(c)
	return s.render(c, "sent", sentPage{
		page:  s.page(c, i18n.T(l, "sent."+string(a.State)+".title")),
		State: a.State,
		Email: a.Email,
		Held:  !a.Written,
		Until: i18n.Date(l, a.Sent.Add(s.Join.WaitingTTL).In(time.Local)),
		Apply: in(l, "/apply"),
	})
}

// backToSent answers a browser that asks once more for an address that only
// takes posts, as after a failure and a reload.
func (s *Server) backToSent(c *fiber.Ctx) error { return redirect(c, langOf(c), "/apply/sent") }

// sendAgain sends a fresh link to the address of the application.
func (s *Server) sendAgain(c *fiber.Ctx) error {
	queued, err := s.Join.Again(c.UserContext(), s.draftID(c))
	switch {
	case errors.Is(err, join.ErrNoDraft):
		return redirect(c, langOf(c), "/apply/sent")
	case err != nil:
		return err
	}
	return redirect(c, langOf(c), "/apply/sent?note="+outcome(queued))
}

// outcome names the note about a letter that was asked for.
func outcome(queued bool) string {
	if queued {
		return "again"
	}
	return "budget"
}

// correct gives the answers of a waiting application back to be changed.
func (s *Server) correct(c *fiber.Ctx) error {
	id := s.draftID(c)
	switch err := s.Join.Reopen(c.UserContext(), id); {
	case errors.Is(err, join.ErrNoDraft):
		return redirect(c, langOf(c), "/apply")
	case err != nil:
		return err
	}
	s.keepDraft(c, id) // as long as the draft, which begins now
	return redirect(c, langOf(c), pathTo(nil)+"?note=correct")
}
