package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
)

// A linkPage says how a link in a letter stands, and what can be done.
type linkPage struct {
	page
	Standing  join.Standing
	Renewable bool
	Path      string // of the link itself
	Apply     string
}

// statuses are those of the pages of links that lead no further.
var statuses = map[join.Standing]int{
	join.Mistyped: fiber.StatusNotFound, join.Gone: fiber.StatusGone, join.Withdrawn: fiber.StatusGone, join.Replaced: fiber.StatusGone,
}

// showLink shows how a link stands. It changes nothing, so that a program
// that follows links in mail changes nothing, with one exception: with the
// applicant's own cookie, which no such program has, it confirms at once.
func (s *Server) showLink(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	if c.Method() == fiber.MethodGet && link.Standing == join.Open && s.Join.Own(c.UserContext(), link, s.draftID(c)) {
		return s.confirmLink(c, link)
	}
	return s.renderLink(c, "link", link)
}

func (s *Server) renderLink(c *fiber.Ctx, view string, link join.Link) error {
	l := langOf(c)
	title := i18n.T(l, "link."+string(link.Standing)+".title")
	if view == "not_mine" {
		title = i18n.T(l, "not_mine.title")
	}
	if status, ok := statuses[link.Standing]; ok {
		c.Status(status)
	}
	return s.render(c, view, linkPage{
		page:      s.page(c, title),
		Standing:  link.Standing,
		Renewable: link.Renewable(),
		Path:      in(l, linkPath(c)),
		Apply:     in(l, "/apply"),
	})
}

func (s *Server) link(c *fiber.Ctx) (join.Link, error) {
	return s.Join.Link(c.UserContext(), c.Params("token"))
}

func linkPath(c *fiber.Ctx) string { return "/confirm/" + c.Params("token") }

// confirm makes the member, once somebody has pressed the button.
func (s *Server) confirm(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	return s.confirmLink(c, link)
}

// confirmLink confirms and leads to the link's own page, which then says how
// it stands: whatever happened, that page is right.
func (s *Server) confirmLink(c *fiber.Ctx, link join.Link) error {
	if err := s.Join.Confirm(c.UserContext(), link); err != nil {
		return err
	}
	return redirect(c, langOf(c), linkPath(c))
}

// backToLink does for a link what backToSent does.
func (s *Server) backToLink(c *fiber.Ctx) error { return redirect(c, langOf(c), linkPath(c)) }

// renewLink sends a fresh link to the mailbox of an old one.
func (s *Server) renewLink(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	queued, err := s.Join.Renew(c.UserContext(), link)
	if err != nil {
		return err
	}
	if !link.Renewable() {
		return redirect(c, langOf(c), linkPath(c))
	}
	return redirect(c, langOf(c), linkPath(c)+"?note="+outcome(queued))
}

// showNotMine asks once more before an application is ended.
func (s *Server) showNotMine(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	switch link.Standing {
	case join.Open, join.Late, join.Superseded:
		return s.renderLink(c, "not_mine", link)
	}
	return redirect(c, langOf(c), linkPath(c))
}

// withdraw ends an application that the owner of the mailbox did not ask for.
func (s *Server) withdraw(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	if err := s.Join.Withdraw(c.UserContext(), link); err != nil {
		return err
	}
	return redirect(c, langOf(c), linkPath(c))
}
