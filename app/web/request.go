package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// readPost returns the posted form. It ignores the query, which Fiber's FormValue
// prefers.
func readPost(c *fiber.Ctx) url.Values {
	posted := make(url.Values)
	for key, value := range c.Request().PostArgs().All() {
		posted.Add(string(key), string(value))
	}
	return posted
}

// isFragment reports whether htmx asks for a part of a page. To restore a page from the
// history, htmx needs the whole page.
func isFragment(c *fiber.Ctx) bool {
	return c.Get("HX-Request") == "true" && c.Get("HX-History-Restore-Request") != "true"
}
