package web

import "github.com/gofiber/fiber/v2"

// cookieName binds the cookie to this host and to https where there is https.
func (s *Server) cookieName() string {
	if s.HTTPS {
		return "__Host-draft"
	}
	return "draft"
}

// draftID returns the secret of the draft that this browser holds, or "".
func (s *Server) draftID(c *fiber.Ctx) string { return c.Cookies(s.cookieName()) }

// keepDraft gives this browser the secret of a draft for as long as the draft
// is kept.
func (s *Server) keepDraft(c *fiber.Ctx, id string) {
	c.Cookie(&fiber.Cookie{
		Name:     s.cookieName(),
		Value:    id,
		Path:     "/",
		MaxAge:   int(s.Join.DraftTTL.Seconds()),
		HTTPOnly: true,
		Secure:   s.HTTPS,
		SameSite: fiber.CookieSameSiteLaxMode,
	})
}
