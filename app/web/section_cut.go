package web

import (
	"maps"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// showCut answers a post with an answer that is much too long, of which only the
// beginning is saved. It shows all that was typed, which the section by itself could not,
// in the language that the pressed button asks for.
func (m *mount) showCut(c *fiber.Ctx, sub wizard.Submission, result wizard.SaveResult, do action) error {
	saved, err := m.wizard.Progress(c.UserContext(), result.Session)
	if err != nil {
		return withNote(err, noteSent)
	}
	m.switchLanguage(c, sub.Section, do)
	all := saved.Draft.Typed(m.wizard.Form)
	maps.Copy(all, sub.Answers)
	p := m.sectionPage(c, sub.Section, all, m.wizard.Form.ValidateShown(sub.Section, all), sub.Shown...)
	m.addDraft(&p, sub.Section, saved)
	p.Saving.Saved = "" // not all of it is
	p.Note = m.cutNotice(p.Lang, "section.cut", result)
	return m.render(c.Status(fiber.StatusUnprocessableEntity), "section", p)
}

// cutNotice returns the sentence under key about the first answer of which only the
// beginning is saved.
func (m *mount) cutNotice(l i18n.Lang, key string, result wizard.SaveResult) string {
	return i18n.T(l, key, m.wizard.Form.Field(result.Cut[0]).InShort())
}
