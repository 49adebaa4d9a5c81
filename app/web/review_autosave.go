package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// autosaveConsents saves the consents as the applicant ticks them. Like the autosave of a
// section it never redirects, and it sets no cookie.
func (s *Server) autosaveConsents(c *fiber.Ctx) error {
	line := savingLine{Lang: langOf(c), Saved: s.savedAt(langOf(c), s.Now())}
	posted, v := readPost(c), s.visit(c)
	p, err := v.progress()
	switch {
	case v.session == "", v.switched(posted):
		err = wizard.ErrNotHeld
	case err == nil:
		err = s.Wizard.SaveConsents(c.UserContext(), p, posted["given"], false)
	}
	if err == nil && !p.HasDraft() {
		err = wizard.ErrDraftGone
	}
	for _, known := range autosaveProblems {
		if errors.Is(err, known.err) {
			line.Problem = i18n.T(line.Lang, known.review)
			c.Status(known.status)
		}
	}
	if errors.Is(err, wizard.ErrDraftGone) && s.apply.isLost(c) {
		line.Problem = i18n.T(line.Lang, "lost_data.check.saving")
	}
	if err != nil && line.Problem == "" {
		s.logFailure(c, "consents not saved", err)
		line.Problem, line.Repeats = i18n.T(line.Lang, "saving.failed"), true
		c.Status(failureStatus(c, err))
	}
	return s.write(c, line, "partials/section_saving")
}
