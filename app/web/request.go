package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// readPost returns the posted form. It does not look at the query, which Fiber's
// FormValue prefers.
func readPost(c *fiber.Ctx) url.Values {
	posted := make(url.Values)
	for key, value := range c.Request().PostArgs().All() {
		posted.Add(string(key), string(value))
	}
	return posted
}
