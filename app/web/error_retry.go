package web

import (
	"maps"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// A retryForm posts once more what a store could not take. The page of an error has it for
// a browser without JavaScript: with htmx, the page with what was typed stays.
type retryForm struct {
	Action string
	Fields []hiddenField
}

// retryForm returns the form for a post that failed, or nil for another request.
func (s *Server) retryForm(c *fiber.Ctx) *retryForm {
	if c.Method() != fiber.MethodPost {
		return nil
	}
	f := &retryForm{Action: "/" + strings.TrimLeft(c.OriginalURL(), "/")} // two slashes would begin the address of another site
	posted := readPost(c)
	for _, name := range slices.Sorted(maps.Keys(posted)) {
		for _, value := range posted[name] {
			f.Fields = append(f.Fields, hiddenField{name, value})
		}
	}
	return f
}
