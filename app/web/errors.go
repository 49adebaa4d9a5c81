package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// errorPages say what people are told when something expected goes wrong: the
// sentences under the key, with .title, .text and .next.
var errorPages = []struct {
	err    error
	status int
	key    string
}{
	{fiber.ErrNotFound, fiber.StatusNotFound, "error.not_found"},
	{fiber.ErrForbidden, fiber.StatusForbidden, "error.forbidden"},
	{fiber.ErrRequestEntityTooLarge, fiber.StatusRequestEntityTooLarge, "error.too_large"},
}

// describe returns the status of a response to err and the key of the sentences
// that explain it. What is not listed is either a request that Fiber refused
// or a fault of ours; of ours people hear only that it is ours and passes.
func describe(err error) (status int, key string) {
	refused := fiber.NewError(0)
	errors.As(err, &refused)
	for _, f := range errorPages {
		if errors.Is(err, f.err) || refused.Code == f.status { // Fiber says the same in errors of its own
			return f.status, f.key
		}
	}
	if 0 < refused.Code && refused.Code < 500 {
		return refused.Code, "error.refused"
	}
	return fiber.StatusServiceUnavailable, "error.unavailable"
}

type errorPage struct {
	page
	Text, Next string
}

// showError is where every error that a handler returns ends up. Only faults
// are logged, and by route rather than by URL: URLs carry secrets.
func (s *Server) showError(c *fiber.Ctx, err error) error {
	s.setSecurityHeaders(c) // Fiber refuses some requests before they come to protect
	status, key := describe(err)
	if status >= 500 {
		s.Log.Error("request failed", "method", c.Method(), "route", routeOf(c), "err", err)
	}
	l := langOf(c)
	p := errorPage{page: s.page(c, i18n.T(l, key+".title")), Text: i18n.T(l, key+".text"), Next: i18n.T(l, key+".next")}
	p.PagePath = "" // the other language has the same page nowhere
	return s.renderError(c.Status(status), p)
}
