package web

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// notKept is the Cache-Control of what a browser must not show again without asking.
// elinks and lynx keep a page in spite of no-store alone.
const notKept = "no-store, no-cache"

// render answers with views/<name>.html. It answers htmx with the part of the view that
// changes, the bar and the main part: partials/<name>.html. The view includes the partial, so the two always
// agree. No other function renders pages.
func (s *Server) render(c *fiber.Ctx, name string, data any) error {
	files := []string{"views/" + name}
	if isFragment(c) {
		files = []string{"partials/title", "partials/" + name}
		if c.Method() != fiber.MethodGet {
			c.Set("HX-Push-Url", "false") // the browser must not return to the answer to a post
		}
	}
	return s.write(c, data, files...)
}

// renderError answers with an error page. If htmx posted a form, only a message appears
// at its top, so the typed answers stay.
func (s *Server) renderError(c *fiber.Ctx, p errorPage) error {
	switch target := c.Get("HX-Target"); {
	case !isFragment(c), c.Method() == fiber.MethodGet:
		return s.render(c, "error", p)
	case target != "" && target != "div#page":
		return s.renderInSavingLine(c, savingLine{Lang: p.Lang, Problem: p.Text})
	}
	c.Set("HX-Retarget", "#trouble")
	c.Set("HX-Reswap", "innerHTML")
	c.Set("HX-Push-Url", "false")
	return s.write(c, p, "partials/form_error")
}

// renderInSavingLine shows the problem of a request that htmx made during typing. It
// shows it in the line of autosave, and does not move the focus. A failure may be over
// when the page saves again.
func (s *Server) renderInSavingLine(c *fiber.Ctx, p savingLine) error {
	if c.Response().StatusCode() >= fiber.StatusInternalServerError {
		p.Problem, p.Repeats = i18n.T(p.Lang, "saving.failed"), true
	}
	c.Set("HX-Retarget", "#saving")
	c.Set("HX-Reswap", "innerHTML")
	c.Set("HX-Reselect", "p")
	return s.write(c, p, "partials/section_saving")
}

func (s *Server) write(c *fiber.Ctx, data any, files ...string) error {
	var body bytes.Buffer
	for _, file := range files {
		if err := s.views.execute(&body, file, data); err != nil {
			return fmt.Errorf("web: %s: %w", file, err)
		}
	}
	return s.send(c, body.Bytes())
}

// send answers with a page, or with a part of one.
func (s *Server) send(c *fiber.Ctx, body []byte) error {
	c.Vary("HX-Request")
	c.Set(fiber.HeaderCacheControl, notKept)
	c.Type("html", "utf-8")
	return c.Send(body)
}
