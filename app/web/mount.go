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
	base   string // the beginning of its paths, after the language
	cookie string // the name of its cookie, without the prefix for https
}

// applyPath is the base of the application for membership.
const applyPath = "/apply"

// mount adds a wizard to the site, at the path base.
func (s *Server) mount(w *wizard.Wizard, base, cookie string) *mount {
	m := &mount{Server: s, wizard: w, base: base, cookie: cookie}
	s.mounts = append(s.mounts, m)
	return m
}

// visit returns the visit of a request to the application for membership.
func (s *Server) visit(c *fiber.Ctx) *visit { return s.apply.visit(c) }

// section returns the section in the path of a request.
func (m *mount) section(c *fiber.Ctx) (*form.Section, error) {
	section, ok := m.wizard.Form.Section(c.Params("section"))
	if !ok {
		return nil, fiber.ErrNotFound
	}
	return section, nil
}

// path returns the path of a section, or of the review page when it is nil.
func (m *mount) path(section *form.Section) string {
	if section == nil {
		return m.base + "/check"
	}
	return m.base + "/" + section.Key
}

// samePath returns the path of the section of the request, with pairs of a query name
// and its value.
func (m *mount) samePath(c *fiber.Ctx, section *form.Section, pairs ...string) string {
	return withQuery(m.path(section), append(pairs, queryFrom, origin(c), queryField, m.changedField(c))...)
}

// changedField returns the key of the question to which a change on the review page leads
// a request, or "".
func (m *mount) changedField(c *fiber.Ctx) string {
	if f := m.wizard.Form.Field(c.Query(queryField)); f != nil {
		return f.Key
	}
	return ""
}

// pathToChange returns the path of a section that leads back to the review page. With the
// key of a question it leads to that question, and back to its answer.
func (m *mount) pathToChange(section *form.Section, key string) string {
	if _, found := section.Field(key); !found {
		return withQuery(m.path(section), queryFrom, fromReview)
	}
	return withQuery(m.path(section), queryFrom, fromReview, queryField, key) + "#" + key
}

// pathBackToReview returns the path of the review page, at the answer that the applicant
// went to change. The fragment is for browsers without JavaScript; htmx never sees it, so
// the page takes the answer from the query too.
func (m *mount) pathBackToReview(c *fiber.Ctx) string {
	key := m.changedField(c)
	if key == "" {
		return m.path(nil)
	}
	return withQuery(m.path(nil), queryField, key) + "#" + rowID(key)
}

// pathOf returns the path where the applicant continues.
func (m *mount) pathOf(p wizard.Progress) string {
	return m.path(p.NextPage(m.wizard.Form))
}
