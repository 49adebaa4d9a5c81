package web

import (
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
)

// logRequest logs what was asked by route, not by URL: URLs carry secrets. It
// has errors shown before it logs, so that the status is the one that was sent.
func (s *Server) logRequest(c *fiber.Ctx) error {
	begun := time.Now()
	if err := c.Next(); err != nil {
		if err := s.showError(c, err); err != nil {
			return err
		}
	}
	s.Log.LogAttrs(c.UserContext(), slog.LevelInfo, "request",
		slog.String("method", c.Method()), slog.String("route", routeOf(c)),
		slog.Int("status", c.Response().StatusCode()), slog.Int64("ms", time.Since(begun).Milliseconds()))
	return nil
}

// routeOf returns the route that c took, or "" when it took none: then Fiber
// calls the path its route, and that may hold a secret.
func routeOf(c *fiber.Ctx) string {
	if route := c.Route(); len(route.Handlers) > 0 {
		return route.Path
	}
	return ""
}
