package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// cookieName binds the cookie to this host and to https where there is https.
func (m *mount) cookieName() string {
	if m.HTTPS {
		return "__Host-" + m.cookie
	}
	return m.cookie
}

// session returns the secret by which this browser holds a draft, or "".
func (m *mount) session(c *fiber.Ctx) string { return c.Cookies(m.cookieName()) }

// setSession gives this browser the secret by which it holds a draft, for twice
// as long as the draft is kept now: saves while somebody types prolong that
// without coming back here, or a late one could put an old secret in the place
// of a new one.
func (m *mount) setSession(c *fiber.Ctx, id string) {
	c.Cookie(&fiber.Cookie{
		Name:     m.cookieName(),
		Value:    id,
		Path:     "/",
		MaxAge:   int(2 * m.DraftTTL.Seconds()),
		HTTPOnly: true,
		Secure:   m.HTTPS,
		SameSite: fiber.CookieSameSiteLaxMode,
	})
}

// clearSession makes this browser forget its draft.
func (m *mount) clearSession(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{
		Name:     m.cookieName(),
		Path:     "/",
		MaxAge:   -1,
		Expires:  time.Unix(0, 0),
		HTTPOnly: true,
		Secure:   m.HTTPS,
		SameSite: fiber.CookieSameSiteLaxMode,
	})
}
