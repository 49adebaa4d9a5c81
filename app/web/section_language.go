package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/wizard"
)

// withoutDefaultLanguage removes the language of correspondence from a submission if it
// is the one that the page had chosen, its own, and no other was saved. Only Continue
// makes an answer of it: until then it changes with the language of the page, and what
// the applicant has chosen never does.
func (m *mount) withoutDefaultLanguage(c *fiber.Ctx, sub wizard.Submission) {
	key := m.wizard.Form.Language().Key
	p, err := m.visit(c).progress()
	if saved := err == nil && p.Draft.Typed(m.wizard.Form).Given(key); !saved && sub.Answers.First(key) == string(sub.Lang) {
		delete(sub.Answers, key)
	}
}
