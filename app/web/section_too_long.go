package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// isSectionPost reports whether a request posts the page of a section.
func (s *Server) isSectionPost(c *fiber.Ctx) bool {
	for _, m := range s.mounts {
		key, ok := strings.CutPrefix(pathAfter(langOf(c), c), m.base+"/")
		if _, known := m.wizard.Form.Section(key); ok && known && c.Method() == fiber.MethodPost {
			return true
		}
	}
	return false
}

// showTooLong shows a section whose answers are too long to be saved, with all that was
// typed, and says which answer is too long. Nothing has been saved.
func (m *mount) showTooLong(c *fiber.Ctx, sub wizard.Submission, do action) error {
	all := sub.Answers
	if p, err := m.visit(c).openDraft(); err == nil { // without it, the questions of the page stay all the same
		all, _ = m.wizard.Preview(p, sub.Section, sub.Answers)
	}
	return m.renderTooLong(c, sub, all, do)
}

// renderTooLong answers with the page of a section and the answers all, in the
// language that the pressed button asks for.
func (m *mount) renderTooLong(c *fiber.Ctx, sub wizard.Submission, all form.Answers, do action) error {
	m.switchLanguage(c, sub.Section, do)
	problems := tooLong(sub)
	p := m.sectionPage(c, sub.Section, all, problems, sub.Shown...)
	p.Snapshot, p.Failed, p.Unsaved = sub.Snapshot.String(), true, i18n.T(p.Lang, "unsaved.too_large")
	if len(problems) > 0 {
		p.Unsaved = i18n.T(p.Lang, "unsaved.too_long")
	}
	return m.render(c.Status(fiber.StatusRequestEntityTooLarge), "section", p)
}

// tooLong returns, for each text of a submission that is longer than it may be, by how
// much.
func tooLong(sub wizard.Submission) form.Problems {
	problems := make(form.Problems)
	for i := range sub.Section.Fields {
		f := &sub.Section.Fields[i]
		if length := form.Length(sub.Answers.First(f.Key)); len(f.Options) == 0 && length > f.Limit() {
			problems[f.Key] = i18n.Message{Key: "problem.max", Args: []any{f.InShort(), f.Limit(), length}}
		}
	}
	return problems
}
