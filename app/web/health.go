package web

import (
	"context"

	"github.com/gofiber/fiber/v2"
)

// alive says that the process is alive, whatever its stores do.
func (s *Server) alive(c *fiber.Ctx) error { return c.SendString("alive\n") }

// ready answers 503 while a store does not answer.
func (s *Server) ready(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), storeTime)
	defer cancel()
	if err := s.Join.Ready(ctx); err != nil {
		s.Log.Error("not ready", "err", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready\n")
	}
	return c.SendString("ready\n")
}
