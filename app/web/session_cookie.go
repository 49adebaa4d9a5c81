package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// cookieName binds the cookie to this host and to https where there is https.
func (s *Server) cookieName() string {
	if s.HTTPS {
		return "__Host-draft"
	}
	return "draft"
}

// session returns the secret by which this browser holds a draft, or "".
func (s *Server) session(c *fiber.Ctx) string { return c.Cookies(s.cookieName()) }

// setSession gives this browser the secret by which it holds a draft, for twice
// as long as the draft is kept now: saves while somebody types prolong that
// without coming back here, or a late one could put an old secret in the place
// of a new one.
func (s *Server) setSession(c *fiber.Ctx, id string) {
	c.Cookie(&fiber.Cookie{
		Name:     s.cookieName(),
		Value:    id,
		Path:     "/",
		MaxAge:   int(2 * s.Join.DraftTTL.Seconds()),
		HTTPOnly: true,
		Secure:   s.HTTPS,
		SameSite: fiber.CookieSameSiteLaxMode,
	})
}

// clearSession makes this browser forget its draft.
func (s *Server) clearSession(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{
		Name:     s.cookieName(),
		Path:     "/",
		MaxAge:   -1,
		Expires:  time.Unix(0, 0),
		HTTPOnly: true,
		Secure:   s.HTTPS,
		SameSite: fiber.CookieSameSiteLaxMode,
	})
}
