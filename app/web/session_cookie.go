package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// applyCookie is the name of the cookie by which a browser holds the draft of its
// application for membership.
const applyCookie = "draft"

// cookieName returns the name of the cookie. With https, its prefix binds the cookie to
// this host and to https.
func (m *mount) cookieName() string {
	if m.HTTPS {
		return "__Host-" + m.cookie
	}
	return m.cookie
}

// session returns the session secret of this browser, or "".
func (m *mount) session(c *fiber.Ctx) string { return c.Cookies(m.cookieName()) }

// setSession gives this browser a session secret. The cookie lasts twice as long as a
// draft: autosaves prolong the draft but set no cookie again, because a late one could
// replace a new secret with an old one.
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
