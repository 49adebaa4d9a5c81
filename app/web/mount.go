package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
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

// fromReview is the origin of a person who came from the check page to change
// something.
const fromReview = "check"

// origin returns fromReview, or "".
func origin(c *fiber.Ctx) string {
	if c.Query(queryFrom) == fromReview {
		return fromReview
	}
	return ""
}

// The names in the queries of pages.
const (
	queryNote   = "note"   // what has just happened, see noteKeys
	queryFrom   = "from"   // see origin
	queryWrong  = "wrong"  // show what is wrong; on the page about an application, with the code
	queryTicked = "ticked" // show the consents that were ticked before
	queryTyping = "typing" // the person types, so the page must not reload
)

// withQuery returns path, which may have a query, with the pairs of a name and a
// value that have a value.
func withQuery(path string, pairs ...string) string {
	values := make(url.Values)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return path
	}
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	return path + sign + values.Encode()
}

// localPath returns the path of a page in l.
func localPath(l i18n.Lang, path string) string { return "/" + string(l) + path }
