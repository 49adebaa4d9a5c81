package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// A closedPage says why the draft was closed in this browser, and how to go on.
type closedPage struct {
	page
	Leave string // the path to which the browser posts to begin anew
}

// showClosed shows why the draft was closed in this browser.
func (s *Server) showClosed(c *fiber.Ctx) error {
	_, err := s.visit(c).progress()
	if !errors.Is(err, wizard.ErrClosed) {
		return redirect(c, langOf(c), applyPath)
	}
	l := langOf(c)
	p := closedPage{page: s.page(c, i18n.T(l, "closed.title")), Leave: localPath(l, leavePath)}
	p.Note, p.FocusNote = "", false // it would be about what the browser can no longer see
	return s.render(c, "draft_closed", p)
}
