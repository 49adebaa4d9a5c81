package web

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/token"
)

// mailedLink matches the path of a link in a letter, with anything behind it.
var mailedLink = regexp.MustCompile(`(?i)^/*(en|fr)/+(confirm|resume|restore|address)/+(.*)$`)

// mendLink redirects a GET of a path that no route has to the page of a link, if mail
// programs have made the path of one: by a line break in its fixed part, say, or by
// another path behind it.
func (s *Server) mendLink(c *fiber.Ctx) error {
	parts := mailedLink.FindStringSubmatch(token.PlainLink(c.Path()))
	if parts == nil || c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		return c.Next()
	}
	l, _ := i18n.Parse(strings.ToLower(parts[1]))
	return redirect(c, l, "/"+strings.ToLower(parts[2])+"/"+url.PathEscape(parts[3]))
}
