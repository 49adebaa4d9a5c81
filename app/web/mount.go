package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/wizard"
)

// A mount is a wizard at a path of the site. Each mount has a cookie of its own,
// so one browser can fill in several forms.
type mount struct {
	*Server
	wizard *wizard.Wizard
	base   string // where its paths begin, after the language
	cookie string // its name, before what https adds to it
}

// applyPath is where the application for membership is filled in.
const applyPath = "/apply"

// mount puts a wizard at a path.
func (s *Server) mount(w *wizard.Wizard, base, cookie string) *mount {
	m := &mount{Server: s, wizard: w, base: base, cookie: cookie}
	s.mounts = append(s.mounts, m)
	return m
}

// visit returns the visit of a request to the application for membership.
func (s *Server) visit(c *fiber.Ctx) *visit { return s.apply.visit(c) }

// section returns the section that a request is about.
func (m *mount) section(c *fiber.Ctx) (*form.Section, error) {
	section, ok := m.wizard.Form.Section(c.Params("section"))
	if !ok {
		return nil, fiber.ErrNotFound
	}
	return section, nil
}

// path returns the path of a section, or of the check page when it is nil.
func (m *mount) path(section *form.Section) string {
	if section == nil {
		return m.base + "/check"
	}
	return m.base + "/" + section.Key
}

// reviewPath returns the path of the check page for a person who comes back to
// it, with pairs of a query name and its value.
func (m *mount) reviewPath(pairs ...string) string {
	return withQuery(m.path(nil), append([]string{queryTicked, "1"}, pairs...)...)
}

// samePath returns the path of the section that the person stays in.
func (m *mount) samePath(c *fiber.Ctx, section *form.Section, pairs ...string) string {
	return withQuery(m.path(section), append(pairs, queryFrom, origin(c))...)
}

// pathOf returns the path of where to go on.
func (m *mount) pathOf(p wizard.Progress) string {
	section := p.NextPage(m.wizard.Form)
	if section == nil && p.LeftAtReview() {
		return m.reviewPath()
	}
	return m.path(section)
}
