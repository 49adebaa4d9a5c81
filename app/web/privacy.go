package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

type privacyPage struct {
	page
	DraftDays, WaitingDays int
}

func (s *Server) showPrivacy(c *fiber.Ctx) error {
	p := privacyPage{
		page:        s.page(c, i18n.T(langOf(c), "privacy.title")),
		DraftDays:   int(s.DraftTTL.Hours() / 24),
		WaitingDays: int(s.WaitingTTL.Hours() / 24),
	}
	p.ShowAddress = true
	return s.render(c, "privacy", p)
}
