package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A confirmLinkPage says how a link in a letter stands, and what can be done.
type confirmLinkPage struct {
	page
	botCheck
	Status      confirm.LinkStatus
	Renewable   bool
	NextAllowed string // from when on a fresh one can be asked for, or "": now
	NewerWorks  bool   // until then the link in the newest letter works
	JustResent  bool   // one was asked for just now
	Recipient   string // masked: where it was sent, or "" once that is forgotten
	Path        string // of the link itself
	Apply       string
	Code        *confirmCode // nil: there is no code to type
	Problems    []problem    // with that
}

// finalStatuses are those of the pages of links that lead no further.
var finalStatuses = map[confirm.LinkStatus]int{
	confirm.Used: fiber.StatusOK, confirm.Mistyped: fiber.StatusNotFound, confirm.Gone: fiber.StatusGone,
	confirm.Withdrawn: fiber.StatusGone, confirm.Replaced: fiber.StatusGone,
}

// pendingSeconds is after how many seconds what was pressed on the page of a link
// counts, see [confirm.Service.RecordChoice], with some time to get there.
const pendingSeconds = 13

// showConfirmLink shows how a link stands. It changes nothing, so that a program
// that follows links in mail changes nothing, with one exception: with the
// applicant's own cookie, which no such program has, it confirms at once.
func (s *Server) showConfirmLink(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	own := s.isOwn(c, link)
	if !choicePending(link) { // such a page comes after a press, and again by itself
		s.Confirm.RecordOpen(c.UserContext(), link, c.Method(), own)
	}
	if own && c.Method() == fiber.MethodGet && link.Confirmable() {
		return s.confirmNow(c, link)
	}
	return s.render(c, "confirm_link", s.confirmLinkPage(c, link))
}

// choicePending reports whether something was pressed on the page of a link that will
// soon count.
func choicePending(l confirm.Link) bool {
	return l.Status == confirm.Confirming || l.Status == confirm.Ending
}

// confirmLinkPage returns the page of a link, with its status.
func (s *Server) confirmLinkPage(c *fiber.Ctx, link confirm.Link) confirmLinkPage {
	l := langOf(c)
	p := confirmLinkPage{
		page:       s.page(c, i18n.T(l, "link."+string(link.Status)+".title")),
		botCheck:   s.botCheck(true),
		Status:     link.Status,
		Renewable:  link.Renewable(),
		Recipient:  masked(link.Recipient()),
		NewerWorks: link.NewerWorks,
		JustResent: c.Query(queryNote) == noteAgain,
		Path:       localPath(l, confirmPath(c)),
		Apply:      localPath(l, applyPath),
	}
	if s.Now().Before(link.NextAllowed) {
		p.NextAllowed = i18n.When(l, wholeMinute(link.NextAllowed).In(time.Local), s.Now())
	}
	if choicePending(link) {
		p.Refresh, p.Scripts = pendingSeconds, true
	}
	if link.Status == confirm.ScannerSuspected {
		p.Code = newConfirmCode(p, member.Accept)
	}
	if status, ok := finalStatuses[link.Status]; ok {
		c.Status(status)
	}
	return p
}

// isOwn reports whether this browser applied with the application of a link.
func (s *Server) isOwn(c *fiber.Ctx, link confirm.Link) bool {
	a, err := s.visit(c).application()
	return err == nil && link.Of(a)
}

func (s *Server) confirmLink(c *fiber.Ctx) (confirm.Link, error) {
	return s.Confirm.Link(c.UserContext(), c.Params("token"))
}

func confirmPath(c *fiber.Ctx) string { return "/confirm/" + c.Params("token") }

// confirmNow confirms and leads to the link's own page, which then says how
// it stands: whatever happened, that page is right.
func (s *Server) confirmNow(c *fiber.Ctx, link confirm.Link) error {
	if err := s.Confirm.Confirm(c.UserContext(), link); err != nil {
		return err
	}
	return s.redirectToConfirmLink(c)
}

// redirectToConfirmLink leads to the page of a link, also a browser that asks once more
// for an address that only takes posts.
func (s *Server) redirectToConfirmLink(c *fiber.Ctx) error {
	return redirect(c, langOf(c), confirmPath(c))
}
