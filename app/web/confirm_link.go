package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
)

// A linkPage says how a link in a letter stands, and what can be done.
type linkPage struct {
	page
	press
	Standing  join.LinkStatus
	Renewable bool
	Next      string // from when on a fresh one can be asked for, or "": now
	Newer     bool   // until then the link in the newest letter works
	Renewed   bool   // one was asked for just now
	Mailbox   string // masked: where it was sent, or "" once that is forgotten
	Path      string // of the link itself
	Apply     string
	Code      *linkCode // nil: there is no code to type
	Problems  []problem // with that
}

// statuses are those of the pages of links that lead no further.
var statuses = map[join.LinkStatus]int{
	join.Used: fiber.StatusOK, join.Mistyped: fiber.StatusNotFound, join.Gone: fiber.StatusGone,
	join.Withdrawn: fiber.StatusGone, join.Replaced: fiber.StatusGone,
}

// settled is after how many seconds what was pressed on the page of a link
// counts, see [join.Service.RecordChoice], with some time to get there.
const settled = 13

// showLink shows how a link stands. It changes nothing, so that a program
// that follows links in mail changes nothing, with one exception: with the
// applicant's own cookie, which no such program has, it confirms at once.
func (s *Server) showLink(c *fiber.Ctx) error {
	link, err := s.link(c)
	if err != nil {
		return err
	}
	own := s.Join.Own(c.UserContext(), link, s.draftID(c))
	if !settling(link) { // such a page comes after a press, and again by itself
		s.Join.RecordOpen(c.UserContext(), link, c.Method(), own)
	}
	if own && c.Method() == fiber.MethodGet && link.Confirmable() {
		return s.confirmLink(c, link)
	}
	return s.render(c, "confirm_link", s.linkPage(c, link))
}

// settling reports whether something was pressed on the page of a link that will
// soon count.
func settling(l join.Link) bool {
	return l.Status == join.Confirming || l.Status == join.Ending
}

// linkPage returns the page of a link, with its status.
func (s *Server) linkPage(c *fiber.Ctx, link join.Link) linkPage {
	l := langOf(c)
	p := linkPage{
		page:      s.page(c, i18n.T(l, "link."+string(link.Status)+".title")),
		press:     s.press(true),
		Standing:  link.Status,
		Renewable: link.Renewable(),
		Mailbox:   masked(link.Recipient()),
		Newer:     link.NewerWorks,
		Renewed:   c.Query("note") == "again",
		Path:      in(l, linkPath(c)),
		Apply:     in(l, "/apply"),
	}
	if s.Join.Now().Before(link.NextAllowed) {
		p.Next = i18n.When(l, wholeMinute(link.NextAllowed).In(time.Local), s.Join.Now())
	}
	if settling(link) {
		p.Refresh, p.Scripts = settled, true
	}
	if link.Status == join.ScannerSuspected {
		p.Code = newLinkCode(p, "yes")
	}
	if status, ok := statuses[link.Status]; ok {
		c.Status(status)
	}
	return p
}

func (s *Server) link(c *fiber.Ctx) (join.Link, error) {
	return s.Join.Link(c.UserContext(), c.Params("token"))
}

func linkPath(c *fiber.Ctx) string { return "/confirm/" + c.Params("token") }

// confirmLink confirms and leads to the link's own page, which then says how
// it stands: whatever happened, that page is right.
func (s *Server) confirmLink(c *fiber.Ctx, link join.Link) error {
	if err := s.Join.Confirm(c.UserContext(), link); err != nil {
		return err
	}
	return s.backToLink(c)
}

// backToLink leads to the page of a link, also a browser that asks once more
// for an address that only takes posts.
func (s *Server) backToLink(c *fiber.Ctx) error { return redirect(c, langOf(c), linkPath(c)) }
