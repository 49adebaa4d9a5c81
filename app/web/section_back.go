package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// sectionBefore returns the section before the given one among those that are asked, or
// the last of them, before the review page, when it is nil. It returns nil before the
// first.
func (m *mount) sectionBefore(section *form.Section, asked []*form.Section) *form.Section {
	var before *form.Section
	for _, other := range asked {
		if section == nil || m.wizard.Form.Before(other, section) {
			before = other
		}
	}
	return before
}

// pathBefore returns the path to which Back leads. From a change on the review page it
// leads there again. The review page needs all sections: from one that is not finished,
// Back leads to the section before, because Back never refuses.
func (m *mount) pathBefore(c *fiber.Ctx, section *form.Section, all form.Answers, finished bool) string {
	before := m.sectionBefore(section, m.wizard.Form.SectionsAsked(all))
	switch {
	case origin(c) == fromReview && finished:
		return m.pathBackToReview(c)
	case before == nil:
		return "" // the landing page
	}
	return m.path(before)
}

// titleBefore returns the title of the page to which Back leads.
func (m *mount) titleBefore(c *fiber.Ctx, section *form.Section, asked []*form.Section) string {
	l, before := langOf(c), m.sectionBefore(section, asked)
	switch {
	case origin(c) == fromReview:
		return m.titleOf(l, nil)
	case before == nil:
		return i18n.T(l, "landing.title")
	}
	return m.titleOf(l, before)
}

// nothingToSave reports whether a submission has no answer and this browser no draft:
// then Back begins none.
func (m *mount) nothingToSave(c *fiber.Ctx, sub wizard.Submission) bool {
	p, err := m.visit(c).progress()
	if err != nil || p.HasDraft() || sub.Snapshot.Draft != "" {
		return false
	}
	return !slices.ContainsFunc(sub.Section.Fields, func(f form.Field) bool { return sub.Answers.Given(f.Key) })
}
