package web

import (
	"log/slog"

	"github.com/gofiber/fiber/v2"

	"joinery/app/token"
)

// requestIDLength is the number of characters by which a log line is found: few enough to
// be read out over the telephone.
const requestIDLength = 8

// requestIDLocal is where a request keeps its ID.
const requestIDLocal = "request_id"

// requestID returns the ID of a request, which its lines in the log, its answer and its
// error page have in common. It is random: what a client sends as an ID has no effect.
func requestID(c *fiber.Ctx) string {
	if id, ok := c.Locals(requestIDLocal).(string); ok {
		return id
	}
	id := token.NewCode(requestIDLength)
	c.Locals(requestIDLocal, id)
	c.Set(fiber.HeaderXRequestID, id)
	return id
}

// logOf returns a log whose lines have the ID of a request.
func (s *Server) logOf(c *fiber.Ctx) *slog.Logger { return s.Log.With("request", requestID(c)) }
