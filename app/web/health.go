package web

import (
	"context"

	"github.com/gofiber/fiber/v2"
)

// healthz answers 200 while the process runs, whatever its stores do.
func (s *Server) healthz(c *fiber.Ctx) error { return c.SendString("alive\n") }

// readyz answers 200, or 503 while a store does not answer.
func (s *Server) readyz(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), storeTimeout)
	defer cancel()
	if err := s.Ready(ctx); err != nil {
		s.Log.Error("not ready", "err", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready\n")
	}
	return c.SendString("ready\n")
}
