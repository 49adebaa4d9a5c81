package web

import (
	"errors"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// A laterPage is for somebody who leaves: until when this browser remembers
// them, and how to continue elsewhere.
type laterPage struct {
	page
	press
	Kept     string // until when the draft is
	Address  string // where to mail a link to
	Problems []problem
	Reminds  bool   // whether asking for a link also asks for the reminder
	Draft    string // its name, for the post
	Apply    string
}

func (s *Server) showLater(c *fiber.Ctx) error {
	progress, err := s.Join.Progress(c.UserContext(), s.draftID(c))
	if err != nil || progress.Draft.Key == "" {
		return leadAway(c, err)
	}
	reach := progress.Info
	if reach.ContactEmail == "" {
		reach.ContactEmail = reach.AnsweredEmail
	}
	return s.render(c, "save_for_later", s.laterPage(c, progress, reach.ContactEmail))
}

func (s *Server) laterPage(c *fiber.Ctx, progress join.Progress, address string) laterPage {
	l := langOf(c)
	return laterPage{
		page:    s.page(c, i18n.T(l, "later.page_title")),
		press:   s.press(false),
		Kept:    i18n.Date(l, s.Join.ExpiresAt(progress.Draft.Saved).In(time.Local)),
		Address: address,
		Reminds: s.Join.RemindBefore > 0 && !progress.Info.Reminded,
		Draft:   progress.ShortID(),
		Apply:   in(l, "/apply"),
	}
}

// mailLink mails a link to continue the draft. What the page then says is the
// same whether there is a letter or were too many.
func (s *Server) mailLink(c *fiber.Ctx) error {
	posted, l := readPost(c), langOf(c)
	switch switched, err := s.switched(c, posted); {
	case err != nil:
		return err
	case switched:
		return redirect(c, l, "/apply/later?note=switched")
	}
	typed := readAddress(posted)
	address, err := form.CanonicalAddress(typed)
	if err != nil {
		return s.refuseAddress(c, typed)
	}
	if s.suspect(posted) {
		return s.askToPress(c, typed)
	}
	if err := s.Join.SendResumeLink(c.UserContext(), s.draftID(c), address, l, s.from(c)); err != nil {
		return leadAway(c, err)
	}
	return redirect(c, l, "/apply/later?note=mailed")
}

// refuseAddress shows what was typed, and that it is no address.
func (s *Server) refuseAddress(c *fiber.Ctx, typed string) error {
	progress, err := s.Join.Progress(c.UserContext(), s.draftID(c))
	if err != nil || progress.Draft.Key == "" {
		return leadAway(c, err)
	}
	p := s.laterPage(c, progress, typed)
	p.Failed = true
	p.Problems = []problem{{ID: addressName, Text: i18n.T(p.Lang, "problem.email")}}
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "save_for_later", p)
}

// askToPress shows what was typed, to be sent by one more press.
func (s *Server) askToPress(c *fiber.Ctx, typed string) error {
	progress, err := s.Join.Progress(c.UserContext(), s.draftID(c))
	if err != nil || progress.Draft.Key == "" {
		return leadAway(c, err)
	}
	p := s.laterPage(c, progress, typed)
	p.press, p.Note, p.Noted = s.press(true), i18n.T(p.Lang, "press.named", i18n.T(p.Lang, "later.send")), true
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "save_for_later", p)
}

// leadAway leads somebody without a draft to where they can go on.
func leadAway(c *fiber.Ctx, err error) error {
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent")
	case err != nil && !errors.Is(err, join.ErrNoDraft):
		return err
	case c.Method() == fiber.MethodPost:
		return redirect(c, langOf(c), "/apply?note=ended")
	}
	return redirect(c, langOf(c), "/apply")
}

// addressName is under which a page posts an address outside of the form.
const addressName = "address"

// addressAsked reads it like the one in the form.
var addressAsked = form.Section{Fields: []form.Field{{Key: addressName, Kind: form.Email}}}

func readAddress(posted url.Values) string { return addressAsked.Read(posted).First(addressName) }
