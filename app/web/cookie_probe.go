package web

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// probeCookie is the name of a cookie that is the same in every browser. A browser that
// sends it back keeps cookies: only such a browser could open again what is stored for it.
const probeCookie = "cookies"

// probeLife is how long a browser keeps the probe.
const probeLife = 24 * time.Hour

// setProbe sets the probe in a browser that sends no cookie of the site. It belongs to
// every page with a form that begins a draft, or that uses up a link or a code.
func (s *Server) setProbe(c *fiber.Ctx) {
	if !s.keepsCookies(c) {
		c.Cookie(s.newCookie(probeCookie, "1", probeLife))
	}
}

// keepsCookies reports whether the browser has sent a cookie of the site back.
func (s *Server) keepsCookies(c *fiber.Ctx) bool {
	return c.Cookies(s.cookieName(probeCookie)) != "" ||
		slices.ContainsFunc(s.mounts, func(m *mount) bool { return m.session(c) != "" })
}

// cookiesProblem stands for the problem of a browser without cookies in a languageSwitch.
const cookiesProblem = "cookies"

// askForCookies makes p the answer to a post to path of a browser without cookies, which
// has used up no link and no code. It sets the probe again: the next press works if the
// cookie had only been lost. The switch carries pairs of a field and its value.
func (s *Server) askForCookies(c *fiber.Ctx, p *page, path string, pairs ...string) {
	s.setProbe(c)
	c.Status(fiber.StatusUnprocessableEntity)
	p.Note, p.FocusNote = i18n.T(p.Lang, "cookies.entry"), true
	p.Switch = switchByPost(p.Lang, path, append(pairs, problemField, cookiesProblem)...)
}
