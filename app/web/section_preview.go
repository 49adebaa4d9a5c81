package web

import (
	"context"
	"maps"
	"slices"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// previewField shows one question as it would be with the posted answers: with its
// problem or without, with advice, and with the questions that its answer adds. Those of
// them that the page shows as wrong stay so until they are mended.
func (m *mount) previewField(c *fiber.Ctx) error {
	section, err := m.section(c)
	if err != nil {
		return err
	}
	asked, ok := section.Field(c.Params("field"))
	if !ok {
		return fiber.ErrNotFound
	}
	p, err := m.visit(c).anyDraft()
	if err != nil {
		m.logFailure(c, "no preview", err) // Continue will show the failure; a preview does not interrupt typing
		return c.SendStatus(fiber.StatusNoContent)
	}
	posted := readPost(c)
	if wizard.ParseSnapshot(posted.Get(versionField)).NotHeld(p) {
		p = m.wizard.Start() // the questions stand by what the page says alone
	}
	all, problems := m.wizard.Preview(p, section, section.Read(posted))
	maps.DeleteFunc(problems, func(key string, _ i18n.Message) bool {
		return key != asked.Key && !slices.Contains(posted["wrong"], key)
	})
	page := m.sectionPage(c, section, all, problems)
	if p.HasDraft() {
		addNotices(page.Lang, page.Fields, m.wizard.Changes(p.Draft, section))
	}
	for _, f := range page.Fields {
		if found := f.find(asked.Key); found != nil {
			ctx, cancel := context.WithTimeout(c.UserContext(), adviceTimeout)
			defer cancel()
			found.Advice = m.advice(ctx, page.Lang, asked, found.Value)
			found.announce()
			return m.write(c, found, "partials/field")
		}
	}
	return c.SendStatus(fiber.StatusNoContent) // the form does not ask it any more
}
