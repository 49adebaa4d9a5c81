package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// langOf returns the language of the path, in any case, or, if the path has none, the
// language that the browser prefers.
func langOf(c *fiber.Ctx) i18n.Lang {
	first, _, _ := strings.Cut(strings.TrimPrefix(c.Path(), "/"), "/")
	if l, ok := i18n.Parse(strings.ToLower(first)); ok {
		return l
	}
	return i18n.Match(c.Get(fiber.HeaderAcceptLanguage))
}

// pathAfter returns the path of a request without the language at its start.
func pathAfter(l i18n.Lang, c *fiber.Ctx) string {
	start, path := "/"+string(l), c.Path()
	if len(path) >= len(start) && strings.EqualFold(path[:len(start)], start) {
		return path[len(start):]
	}
	return path
}
