package web

import (
	"context"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// healthz answers 200 while the process runs, whatever its stores do.
func (s *Server) healthz(c *fiber.Ctx) error { return c.SendString("alive\n") }

// readyz answers 200, or 503 with the names of the stores that do not answer, and when the
// site ends.
func (s *Server) readyz(c *fiber.Ctx) error {
	if s.draining.Load() {
		c.Set(fiber.HeaderRetryAfter, retryAfter)
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready: the site stops\n")
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), storeTimeout)
	defer cancel()
	err := s.Ready(ctx)
	if err == nil {
		return c.SendString("ready\n")
	}
	s.Log.Error("not ready", "err", err)
	c.Set(fiber.HeaderRetryAfter, retryAfter)
	return c.Status(fiber.StatusServiceUnavailable).SendString("not ready: " + strings.Join(unreadyStores(err), ", ") + "\n")
}

// unreadyStores returns the names of the stores in an error of Ready: those that have a
// method Store.
func unreadyStores(err error) (names []string) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // each of them is looked at
		for _, one := range joined.Unwrap() {
			names = append(names, unreadyStores(one)...)
		}
		return names
	}
	if store := interface{ Store() string }(nil); errors.As(err, &store) {
		names = append(names, store.Store())
	}
	return names
}
