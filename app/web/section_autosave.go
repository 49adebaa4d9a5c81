package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// A savingLine is the line of a section page that says whether the typed answers are
// saved.
type savingLine struct {
	Lang         i18n.Lang
	AutosavePath string // the path to which htmx posts an autosave
	Saved        string // when the answers were last saved, or ""
	Problem      string // the reason why the last change was not saved, or ""
	Repeats      bool   // the page saves again by itself, because the problem may go
}

// savedAt returns when answers were saved, for a line that is read now: the time of day
// or, for an earlier day, the day. It is "" for a zero time.
func (s *Server) savedAt(l i18n.Lang, saved time.Time) string {
	saved, now := saved.In(s.Zone), s.Now().In(s.Zone)
	switch {
	case saved.IsZero():
		return ""
	case saved.YearDay() == now.YearDay() && saved.Year() == now.Year():
		return i18n.Clock(l, saved)
	}
	return i18n.Date(l, saved)
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
		return m.autosaveWithoutCookies(c)
	}
	sub.Mode = wizard.Autosave
	m.withoutDefaultLanguage(c, sub)
	result, err := m.save(c, sub)
	if err != nil {
		return m.showAutosaveProblem(c, result, err)
	}
	m.prefetchAdvice(sub)
	if result.Session != m.visit(c).session { // a late answer must not restore a draft that the browser has replaced
		m.setSession(c, result.Session)
	}
	if len(result.Cut) > 0 {
		p := savingLine{Lang: sub.Lang, Problem: m.cutNotice(sub.Lang, "saving.cut", result)}
		return m.write(c.Status(fiber.StatusRequestEntityTooLarge), p, "partials/section_saving")
	}
	return m.write(c, savingLine{Lang: sub.Lang, Saved: m.savedAt(sub.Lang, m.Now())}, "partials/section_saving")
}
