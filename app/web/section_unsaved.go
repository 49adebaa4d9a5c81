package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// showUnsaved shows the typed answers, and that they could not be saved. The conditional
// questions of the page stay: while a store does not answer, the answers on which they
// depend may be unknown.
func (m *mount) showUnsaved(c *fiber.Ctx, sub wizard.Submission, result wizard.SaveResult, err error) error {
	p := m.sectionPage(c, sub.Section, result.Answers, result.Problems, sub.Shown...)
	p.Snapshot, p.Failed = sub.Snapshot.String(), true
	if errors.Is(err, wizard.ErrTooLarge) {
		p.Unsaved = i18n.T(p.Lang, "unsaved.too_large")
		return m.render(c.Status(fiber.StatusRequestEntityTooLarge), "section", p)
	}
	m.logFailure(c, "answers not saved", err)
	p.Unsaved = i18n.T(p.Lang, "unsaved.text")
	return m.render(c.Status(failureStatus(c, err)), "section", p)
}

// autosaveProblems are the reasons why a change is not saved, by key in the catalogue.
var autosaveProblems = []struct {
	err    error
	status int
	key    string
}{
	{wizard.ErrConflict, fiber.StatusConflict, "saving.elsewhere"},
	{wizard.ErrDraftGone, fiber.StatusGone, "saving.gone"},
	{wizard.ErrSubmitted, fiber.StatusConflict, "saving.sent"},
	{wizard.ErrTooLarge, fiber.StatusRequestEntityTooLarge, "saving.too_large"},
}

func (m *mount) showAutosaveProblem(c *fiber.Ctx, section *form.Section, result wizard.SaveResult, err error) error {
	p := m.savingLine(langOf(c), section, m.Now())
	for _, known := range autosaveProblems {
		if errors.Is(err, known.err) {
			p.Problem = i18n.T(p.Lang, known.key)
			c.Status(known.status)
		}
	}
	switch {
	case p.Problem == "":
		m.logFailure(c, "answers not saved", err)
		p.Problem = i18n.T(p.Lang, "saving.failed")
		c.Status(failureStatus(c, err))
	case result.Conflict != nil && result.Conflict.OtherDraft:
		p.Problem = i18n.T(p.Lang, "saving.strange")
	}
	return m.write(c, p, "partials/section_saving")
}
