package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// A savingLine is the line of a section page that says whether the typed answers are
// saved.
type savingLine struct {
	Lang         i18n.Lang
	AutosavePath string // the path to which htmx posts an autosave
	KeptUntil    string // until when the saved answers are kept
	Autosaved    bool   // each change is saved at once
	Problem      string // the reason why the last change was not saved, or ""
}

// autosave saves a section while the applicant fills it in. It never redirects: it
// answers with the line that says whether the answers are saved.
func (m *mount) autosave(c *fiber.Ctx) error {
	section, err := m.section(c)
	if err != nil {
		return err
	}
	sub := m.readSubmission(section, readPost(c), langOf(c))
	if !m.keepsCookies(c) {
		return m.autosaveWithoutCookies(c, section)
	}
	sub.Mode = wizard.Autosave
	m.withoutDefaultLanguage(c, sub)
	result, err := m.save(c, sub)
	if err != nil {
		return m.showAutosaveProblem(c, section, result, err)
	}
	m.prefetchAdvice(sub)
	if result.Session != m.visit(c).session { // a late answer must not restore a draft that the browser has replaced
		m.setSession(c, result.Session)
	}
	if len(result.Cut) > 0 {
		p := savingLine{Lang: sub.Lang, Problem: m.cutNotice(sub.Lang, "saving.cut", result)}
		return m.write(c.Status(fiber.StatusRequestEntityTooLarge), p, "partials/section_saving")
	}
	return m.write(c, savingLine{Lang: sub.Lang, Autosaved: true}, "partials/section_saving")
}
