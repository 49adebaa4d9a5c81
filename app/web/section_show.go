package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/wizard"
)

// start redirects to where the applicant continues: the section left last, the first
// incomplete section, the review page, or the outcome of the draft.
func (m *mount) start(c *fiber.Ctx) error {
	p, err := m.visit(c).progress()
	if err != nil {
		return err
	}
	return m.redirectWithNote(c, langOf(c), m.pathOf(p), m.note(c))
}

// showSection shows the questions of a section with the saved answers and, after a
// Continue that led back here, with the problems. The problems have a path of their own,
// so neither Back nor Reload posts anything twice.
func (m *mount) showSection(c *fiber.Ctx) error {
	section, err := m.section(c)
	if err != nil {
		return err
	}
	p, err := m.visit(c).progress()
	switch {
	case err != nil:
		return withNote(err, noteSent)
	case p.Reachable(section), p.CanAdd(section) && origin(c) == fromReview:
	case p.Next == nil || m.wizard.Form.Before(section, p.Next): // it is not asked
		return redirect(c, langOf(c), m.pathOf(p))
	default:
		return m.redirectWithNote(c, langOf(c), m.path(p.Next), m.orderNote(p))
	}
	all := p.Draft.Typed(m.wizard.Form)
	var problems form.Problems
	if p.HasDraft() && (p.Refused(section) || c.Query(queryWrong) != "") { // without a draft there are no answers to find fault with
		problems = m.wizard.Form.ValidateShown(section, all)
	}
	if len(problems) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	m.setProbe(c)
	page := m.sectionPage(c, section, all, problems)
	m.addDraft(&page, section, p)
	page.Lost = m.lostData(page.Lang, "lost_data.text", p)
	return m.render(c, "section", page)
}

// pathAfter returns the path that follows a complete section: the review page if the
// request comes from there, otherwise the next section that is asked after these answers.
func (m *mount) pathAfter(c *fiber.Ctx, section *form.Section, all form.Answers) string {
	if origin(c) == fromReview {
		return m.pathBackToReview(c)
	}
	for _, next := range m.wizard.Form.SectionsAsked(all) {
		if m.wizard.Form.Before(section, next) {
			return m.path(next)
		}
	}
	return m.path(nil)
}

// redirectOn redirects to where saved answers lead, for the action that continues.
func (m *mount) redirectOn(c *fiber.Ctx, section *form.Section, result wizard.SaveResult) error {
	l := langOf(c)
	switch {
	case len(result.Problems) > 0:
		return redirect(c, l, m.samePath(c, section, queryWrong, "1"))
	case result.FormChanged:
		return redirect(c, l, m.samePath(c, section)) // it shows what has changed
	case result.MoreQuestions:
		return m.redirectWithNote(c, l, m.samePath(c, section), noteMore)
	}
	return redirect(c, l, m.pathAfter(c, section, result.Answers))
}
