package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A confirmLinkPage shows the status of a confirmation link and the possible actions.
type confirmLinkPage struct {
	page
	botCheck
	Status      confirm.LinkStatus
	Updated     bool // of a used link: the answers of a member were replaced
	Renewable   bool
	NextAllowed string // when the next fresh link is allowed, or "": now
	NewerWorks  bool   // the link in the newest letter works until then
	JustResent  bool   // a fresh link was requested just now
	Recipient   string // the address of the letter, masked, or "" once it is deleted
	Path        string // the path of the link itself
	Apply       string
	Code        *confirmCode // nil: the page asks for no code
	Problems    []problem    // with the code
	Welcome     *welcomePart // nil: the link is not that of a member
}

// finalStatuses are the HTTP statuses of links that offer no choice any more.
var finalStatuses = map[confirm.LinkStatus]int{
	confirm.Used: fiber.StatusOK, confirm.Mistyped: fiber.StatusNotFound, confirm.Cut: fiber.StatusNotFound,
	confirm.Gone: fiber.StatusGone, confirm.Withdrawn: fiber.StatusGone, confirm.Replaced: fiber.StatusGone,
}

// pendingSeconds is the number of seconds after which a page shows that a choice has
// counted: the delay of [confirm.Service.RecordChoice] and some time for the request.
const pendingSeconds = 13

// showConfirmLink shows the status of a link, or of what opening it has done.
func (s *Server) showConfirmLink(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	own := s.isOwn(c, link)
	acted, err := s.Confirm.OpenLink(c.UserContext(), link, c.Method(), s.visit(c).session, own)
	if err != nil {
		return err
	}
	switch {
	case acted:
		return s.redirectToConfirmLink(c)
	case link.Asks(own):
		return s.showLinkQuestion(c, link, own)
	}
	p := s.confirmLinkPage(c, link)
	if link.Status == confirm.Used {
		p.Welcome = s.linkWelcome(c, p.page, link)
	}
	return s.render(c, "confirm_link", p)
}

// confirmLinkPage returns the page of a link, with its status.
func (s *Server) confirmLinkPage(c *fiber.Ctx, link confirm.Link) confirmLinkPage {
	l := langOf(c)
	p := confirmLinkPage{
		page:       s.page(c, linkTitle(l, link)),
		botCheck:   s.botCheck(true),
		Status:     link.Status,
		Updated:    link.Updated,
		Renewable:  link.Renewable(),
		Recipient:  address.Masked(link.Recipient()),
		NewerWorks: link.NewerWorks,
		JustResent: s.note(c) == noteAgain,
		Path:       localPath(l, confirmPath(c)),
		Apply:      localPath(l, applyPath),
	}
	if s.Now().Before(link.NextAllowed) {
		p.NextAllowed = i18n.When(l, wholeMinute(link.NextAllowed).In(s.Zone), s.Now())
	}
	if link.ChoicePending() {
		p.Refresh, p.Scripts = pendingSeconds, true
		p.RefreshQuery = withQuery("", queryAt, seconds(s.Now().Add(pendingSeconds*time.Second)))
	}
	if link.Status == confirm.ScannerSuspected {
		p.Code = newConfirmCode(p, member.Accept)
	}
	if status, ok := finalStatuses[link.Status]; ok {
		c.Status(status)
	}
	return p
}

// linkWelcome returns what the page of a member's link tells: in the browser that applied
// with the name and the receipt, elsewhere without.
func (s *Server) linkWelcome(c *fiber.Ctx, p page, link confirm.Link) *welcomePart {
	a, err := s.visit(c).application()
	if err != nil || !link.Of(a) {
		return s.welcomePart(p.Lang, link.Updated, nil)
	}
	w := s.welcomePart(p.Lang, link.Updated, s.receiptLink(c, p, a))
	w.Own = true
	return w
}

func linkTitle(l i18n.Lang, link confirm.Link) string {
	if link.Updated {
		return i18n.T(l, "updated.title")
	}
	return i18n.T(l, "link."+string(link.Status)+".title")
}

// isOwn reports whether this browser submitted the application of a link.
func (s *Server) isOwn(c *fiber.Ctx, link confirm.Link) bool {
	a, err := s.visit(c).application()
	return err == nil && link.Of(a)
}

func (s *Server) confirmLink(c *fiber.Ctx) (confirm.Link, error) {
	return s.Confirm.Link(c.UserContext(), c.Params("token"))
}

func confirmPath(c *fiber.Ctx) string { return "/confirm/" + c.Params("token") }

// redirectToConfirmLink redirects to the page of a link. It also answers a GET of a path
// that only takes posts.
func (s *Server) redirectToConfirmLink(c *fiber.Ctx) error {
	return s.redirectAfresh(c, confirmPath(c))
}
