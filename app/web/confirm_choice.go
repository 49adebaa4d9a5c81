package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
	"joinery/app/member"
)

// choose notes what was chosen on the page of a link. In the browser that sent
// the application Yes counts at once, because the page to which it leads confirms.
func (s *Server) choose(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	switch readPost(c).Get("choice") {
	case "yes":
		return s.pressLink(c, link, member.Accept, linkPath(c), s.toPage)
	case "no":
		return s.pressLink(c, link, member.Decline, linkPath(c), s.toQuestion)
	}
	return s.backToLink(c)
}

// pressLink notes what was pressed on the page of a link that has the given
// path, and goes on. A page that this process did not show may be from before
// a restart: then nothing is noted, and whoever it is presses once more.
func (s *Server) pressLink(c *fiber.Ctx, link join.Link, p member.Choice, path string, then func(c *fiber.Ctx, hasty bool) error) error {
	age, known := s.seal.age(readPost(c).Get(stampName), s.Join.Now())
	_, over := statuses[link.Status]
	switch {
	case over:
		return s.backToLink(c)
	case !known:
		return redirect(c, langOf(c), query(path, "note", "once_more"))
	}
	if err := s.Join.RecordChoice(c.UserContext(), link, p, age < reading); err != nil {
		return err
	}
	return then(c, age < reading)
}

func (s *Server) toPage(c *fiber.Ctx, _ bool) error { return s.backToLink(c) }

// toQuestion leads to the question whether to delete, but not somebody who has
// pressed twice: they would not know how they came there.
func (s *Server) toQuestion(c *fiber.Ctx, hasty bool) error {
	if hasty {
		return s.backToLink(c)
	}
	return s.toNotMine(c, hasty)
}

func (s *Server) toNotMine(c *fiber.Ctx, _ bool) error { return redirect(c, langOf(c), notMinePath(c)) }

func notMinePath(c *fiber.Ctx) string { return linkPath(c) + "/not-mine" }

// showNotMine asks once more before an application is ended and, as long as a
// machine may have asked, for the code.
func (s *Server) showNotMine(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	switch link.Status {
	case join.Open, join.ScannerSuspected, join.Confirming, join.Late, join.Superseded:
		return s.render(c, "confirm_decline", s.notMinePage(c, link))
	}
	return s.backToLink(c)
}

func (s *Server) notMinePage(c *fiber.Ctx, link join.Link) linkPage {
	p := s.linkPage(c, link)
	p.Title, p.Here = i18n.T(p.Lang, "not_mine.title"), notMinePath(c)
	p.Refresh, p.Scripts, p.Code = 0, false, nil
	if guarded(link) {
		p.Code = newLinkCode(p, "delete")
	}
	return p
}

// guarded reports whether it takes the code to end the application of a link: it
// does where there is no opposite that a machine would press as well.
func guarded(l join.Link) bool { return l.Status != join.Open && l.Status != join.Confirming }

// withdraw notes that the owner of the mailbox wants an application to end. It
// leads back to the question, which leads on unless there is more to ask.
func (s *Server) withdraw(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	return s.pressLink(c, link, member.ConfirmDecline, notMinePath(c), s.toNotMine)
}

// renewLink sends a fresh link to the mailbox of an old one. Who pressed sooner
// than anybody reads has nothing sent, and presses once more.
func (s *Server) renewLink(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	return s.pressLink(c, link, member.Resend, linkPath(c), func(c *fiber.Ctx, hasty bool) error {
		if hasty {
			return redirect(c, langOf(c), query(linkPath(c), "note", "once_more"))
		}
		return s.sendFresh(c, link)
	})
}

func (s *Server) sendFresh(c *fiber.Ctx, link join.Link) error {
	err := s.Join.ResendFromLink(c.UserContext(), link, s.from(c))
	switch {
	case errors.Is(err, join.ErrTooSoon), errors.Is(err, join.ErrNoDraft), !link.Renewable():
		return s.backToLink(c)
	case err != nil:
		return err
	}
	return redirect(c, langOf(c), query(linkPath(c), "note", "again"))
}
