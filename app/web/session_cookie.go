package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// applyCookie is the name of the cookie by which a browser holds the draft of its
// application for membership.
const applyCookie = "draft"

// cookieName returns the full name of a cookie. With https, its prefix binds the cookie
// to this host and to https.
func (s *Server) cookieName(name string) string {
	if s.HTTPS {
		return "__Host-" + name
	}
	return name
}

// newCookie returns a cookie that scripts and other sites cannot read.
func (s *Server) newCookie(name, value string, life time.Duration) *fiber.Cookie {
	return &fiber.Cookie{
		Name:     s.cookieName(name),
		Value:    value,
		Path:     "/",
		MaxAge:   int(life.Seconds()),
		HTTPOnly: true,
		Secure:   s.HTTPS,
		SameSite: fiber.CookieSameSiteLaxMode,
	}
}

// session returns the session secret of this browser, or "".
func (m *mount) session(c *fiber.Ctx) string { return c.Cookies(m.cookieName(m.cookie)) }

// setSession gives this browser a session secret. The cookie lasts twice as long as a
// draft: autosaves prolong the draft but set no cookie again, because a late one could
// replace a new secret with an old one.
func (m *mount) setSession(c *fiber.Ctx, id string) {
	c.Cookie(m.newCookie(m.cookie, id, 2*m.DraftTTL))
}

// clearSession makes this browser forget its draft.
func (m *mount) clearSession(c *fiber.Ctx) {
	ended := m.newCookie(m.cookie, "", 0)
	ended.MaxAge, ended.Expires = -1, time.Unix(0, 0)
	c.Cookie(ended)
}
