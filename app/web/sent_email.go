package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
	"joinery/app/member"
)

// An addressForm is where the address of a waiting application is corrected.
type addressForm struct {
	press
	Lang       i18n.Lang
	Action     string
	Address    string // as typed
	Wrong      string // what is wrong with it, or ""
	Suggestion suggestion
}

// A suggestion is advice about an address, with a form of its own to follow it.
type suggestion struct {
	press
	Lang        i18n.Lang
	Action      string
	Meant       string // what was most likely meant, or ""
	Unreachable bool
}

func (s *Server) addressForm(l i18n.Lang) addressForm {
	return addressForm{press: s.press(false), Lang: l, Action: in(l, "/apply/sent/address")}
}

// suggest gives advice about an address, by what is known at once.
func (s *Server) suggest(l i18n.Lang, address string) suggestion {
	given := s.Join.Advice(atOnce, address)
	return suggestion{press: s.press(true), Lang: l, Action: in(l, "/apply/sent/address"), Meant: given.Suggestion, Unreachable: given.Undeliverable}
}

// readdress has a waiting application confirmed from another address.
func (s *Server) readdress(c *fiber.Ctx) error {
	posted, l, id := readPost(c), langOf(c), s.draftID(c)
	typed := readAddress(posted)
	a, err := s.Join.Sent(c.UserContext(), id)
	if err != nil || a.State != member.Waiting {
		return s.leadToSent(c, err)
	}
	switch address, err := form.CanonicalAddress(typed); {
	case err != nil:
		return s.askForAddress(c, a, typed, i18n.T(l, "problem.email"))
	case s.suspect(posted):
		return s.askForAddress(c, a, typed, "")
	case address == a.Email:
		return redirect(c, l, "/apply/sent?note=same")
	}
	if err := s.Join.ChangeEmail(c.UserContext(), id, typed, s.from(c)); err != nil {
		return s.leadToSent(c, err)
	}
	return redirect(c, l, "/apply/sent?note=readdressed")
}

// leadToSent leads somebody without a waiting application to the page that says
// what became of it.
func (s *Server) leadToSent(c *fiber.Ctx, err error) error {
	if err != nil && !errors.Is(err, join.ErrNoDraft) {
		return err
	}
	return redirect(c, langOf(c), "/apply/sent")
}

// askForAddress shows the address that was typed once more: to be corrected or,
// when nothing is wrong with it, to be pressed again.
func (s *Server) askForAddress(c *fiber.Ctx, a member.Application, typed, wrong string) error {
	p, err := s.sentPage(c, a)
	if err != nil {
		return err
	}
	p.reloads(0)
	p.Address.Address, p.Address.Wrong = typed, wrong
	if wrong == "" {
		p.Address.press = s.press(true)
	} else {
		p.Failed, p.Problems = true, []problem{{ID: addressName, Text: wrong}}
		p.Address.Suggestion, p.Suggestion = s.suggest(p.Lang, typed), suggestion{}
	}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "sent", p)
}
