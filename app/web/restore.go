package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
)

// A restorePage shows the status of a link that puts the former answers of a member back.
type restorePage struct {
	page
	memberCodeField
	Status     confirm.RestoreStatus
	Action     string
	Name       string // of the member, or ""
	ReplacedAt string
	RestoredAt string
	Ends       string
}

// restoreStatuses are the HTTP statuses of links that put nothing back.
var restoreStatuses = map[confirm.RestoreStatus]int{
	confirm.RestoreMistyped: fiber.StatusNotFound, confirm.RestoreCut: fiber.StatusNotFound,
	confirm.RestoreLate: fiber.StatusGone, confirm.RestoreMoved: fiber.StatusGone, confirm.RestoreSuperseded: fiber.StatusGone,
}

// showRestoreLink shows the status of a link. It changes nothing in any browser.
func (s *Server) showRestoreLink(c *fiber.Ctx) error {
	link, err := s.Confirm.RestoreLink(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	if status, ok := restoreStatuses[link.Status]; ok {
		c.Status(status)
	}
	return s.render(c, "restore", s.restorePage(c, link))
}

func restorePath(c *fiber.Ctx) string { return "/restore/" + c.Params("token") }

func (s *Server) restorePage(c *fiber.Ctx, link confirm.RestoreLink) restorePage {
	l := langOf(c)
	return restorePage{
		page:       s.page(c, i18n.T(l, "restore."+string(link.Status)+".title")),
		Status:     link.Status,
		Action:     localPath(l, restorePath(c)),
		Name:       link.Name,
		ReplacedAt: i18n.When(l, link.ReplacedAt.In(s.Zone), s.Now()),
		RestoredAt: i18n.When(l, link.RestoredAt.In(s.Zone), s.Now()),
		Ends:       i18n.Until(l, link.Ends.In(s.Zone), s.Now()),
	}
}

// postRestore puts former answers back by the code in the letter.
func (s *Server) postRestore(c *fiber.Ctx) error {
	link, err := s.Confirm.RestoreLink(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	return s.postMemberCode(c, memberCodeForm{
		path: restorePath(c),
		open: link.Status == confirm.RestoreOpen,
		check: func(typed string) (bool, confirm.CodeResult, int, error) {
			after, result, left, err := s.Confirm.Restore(c.UserContext(), link, typed)
			return after.Status == confirm.RestoreOpen, result, left, err
		},
		show: func(field memberCodeField, change *languageSwitch) error {
			p := s.restorePage(c, link)
			p.memberCodeField, p.Failed, p.Switch = field, true, change
			return s.render(c, "restore", p)
		},
	})
}
