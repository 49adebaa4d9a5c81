package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
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

// langOf returns the language of the path or, if the path has none, the language that
// the browser prefers.
func langOf(c *fiber.Ctx) i18n.Lang {
	first, _, _ := strings.Cut(strings.TrimPrefix(c.Path(), "/"), "/")
	if l, ok := i18n.Parse(first); ok {
		return l
	}
	return i18n.Match(c.Get(fiber.HeaderAcceptLanguage))
}
