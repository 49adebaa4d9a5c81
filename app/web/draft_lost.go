package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// lostData returns the sentence under key, which says until when the answers of a draft
// were there, if a store has lost them; otherwise "".
func (m *mount) lostData(l i18n.Lang, key string, p wizard.Progress) string {
	last, lost := m.wizard.Lost(p)
	if !lost {
		return ""
	}
	return i18n.T(l, key, i18n.When(l, last.In(m.Zone), m.Now()))
}

// isLost reports whether a store has lost the draft that this browser holds.
func (m *mount) isLost(c *fiber.Ctx) bool {
	p, err := m.visit(c).progress()
	_, lost := m.wizard.Lost(p)
	return err == nil && lost
}

// newDraftNote returns the note about a draft that a page of an earlier one has begun.
func (m *mount) newDraftNote(c *fiber.Ctx) string {
	if m.isLost(c) {
		return noteLostData
	}
	return noteAnew
}

// orderNote returns the note of a redirect to the section that comes first. After a loss
// that page says more.
func (m *mount) orderNote(p wizard.Progress) string {
	if _, lost := m.wizard.Lost(p); lost {
		return noteNone
	}
	return noteOrder
}
