package web

import (
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
)

// logRequest logs and counts a request with its route, not with its URL: URLs contain secrets. It
// answers errors before it logs, so it logs the status that the browser receives.
func (s *Server) logRequest(c *fiber.Ctx) error {
	begun, log := time.Now(), s.logOf(c)
	if err := c.Next(); err != nil {
		if err := s.showError(c, err); err != nil {
			return err
		}
	}
	took := time.Since(begun)
	if s.Count != nil {
		s.Count(c.Method(), routeOf(c), c.Response().StatusCode(), took)
	}
	log.LogAttrs(c.UserContext(), slog.LevelInfo, "request",
		slog.String("method", c.Method()), slog.String("route", routeOf(c)),
		slog.Int("status", c.Response().StatusCode()), slog.Int64("ms", took.Milliseconds()))
	return nil
}

// routeOf returns the route of c, or "" if c has none: Fiber then returns the path as
// its route, and the path may contain a secret.
func routeOf(c *fiber.Ctx) string {
	if route := c.Route(); len(route.Handlers) > 0 {
		return route.Path
	}
	return ""
}
