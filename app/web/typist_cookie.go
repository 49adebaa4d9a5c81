package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/resume"
	"joinery/app/token"
)

// typistCookie is the name of a cookie that tells one browser that types wrong codes from
// another, so that none uses up the attempts of a neighbour: in a hospital, many browsers
// have one address and one name.
const typistCookie = "typist"

// typistLife is longer than wrong codes count.
const typistLife = 15 * time.Minute

// typist returns the browser that types a code, as its cookie tells. One that has typed
// none of late is a new one, and gets the cookie.
func (s *Server) typist(c *fiber.Ctx) resume.Client {
	id := c.Cookies(s.cookieName(typistCookie))
	if id == "" {
		id = token.Secret()
	}
	c.Cookie(s.newCookie(typistCookie, id, typistLife))
	return resume.Client{Device: "typist " + id, Network: s.clientNetwork(c)}
}
