package web

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/join"
)

// start leads to where the applicant should go on: the section that they left,
// the first that is not finished, the check page, or the application that was
// sent.
func (s *Server) start(c *fiber.Ctx) error {
	progress, err := s.Join.Progress(c.UserContext(), s.session(c))
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent")
	case err != nil:
		return err
	}
	return redirect(c, langOf(c), withQuery(s.pathOf(progress), "note", c.Query("note")))
}

// pathOf returns the path of where to go on.
func (s *Server) pathOf(p join.Progress) string {
	to := p.NextPage(s.Join.Form)
	if to == nil && p.LeftAtReview() {
		return withQuery(sectionPath(nil), "ticked", "1")
	}
	return sectionPath(to)
}

// sectionPath returns the path of a section, or of the check page when it is nil.
func sectionPath(section *form.Section) string {
	if section == nil {
		return "/apply/check"
	}
	return "/apply/" + section.Key
}

// withQuery returns path, which may have a withQuery, with the pairs of key and value that have a value.
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

func (s *Server) section(c *fiber.Ctx) (*form.Section, error) {
	section, ok := s.Join.Form.Section(c.Params("section"))
	if !ok {
		return nil, fiber.ErrNotFound
	}
	return section, nil
}

// showSection shows the questions of a section with what was typed so far and,
// to somebody whose Continue led back here, what is wrong with it. That is a
// page of its own, with an address, so that neither Back nor Reload sends
// anything twice.
func (s *Server) showSection(c *fiber.Ctx) error {
	section, err := s.section(c)
	if err != nil {
		return err
	}
	progress, err := s.Join.Progress(c.UserContext(), s.session(c))
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent?note=sent")
	case err != nil:
		return err
	case !progress.Reachable(s.Join.Form, section):
		return redirect(c, langOf(c), withQuery(sectionPath(progress.Next), "note", "order"))
	}
	all := progress.Draft.Typed(s.Join.Form)
	var problems form.Problems
	if c.Query("wrong") != "" && progress.Draft.Key != "" { // nobody is blamed who has not answered yet
		problems = s.Join.Form.ValidateShown(section, all)
	}
	if len(problems) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	p := s.sectionPage(c, section, all, problems)
	s.tellDraft(&p, section, progress)
	return s.render(c, "section", p)
}

// pathAfter returns the path that follows a finished section: the check page for
// somebody who came from there, otherwise the next section.
func (s *Server) pathAfter(c *fiber.Ctx, section *form.Section) string {
	next := 1 + slices.IndexFunc(s.Join.Form.Sections, func(other form.Section) bool { return other.Key == section.Key })
	switch {
	case fromReview(c) != "":
		return withQuery(sectionPath(nil), "ticked", "1")
	case next == len(s.Join.Form.Sections):
		return sectionPath(nil)
	}
	return sectionPath(&s.Join.Form.Sections[next])
}

// fromReview is "check" for somebody who came from the check page to change
// something, or "".
func fromReview(c *fiber.Ctx) string {
	if c.Query("from") == "check" {
		return "check"
	}
	return ""
}

// samePath returns the path of the section that somebody stays in.
func samePath(c *fiber.Ctx, section *form.Section, pairs ...string) string {
	return withQuery(sectionPath(section), append(pairs, "from", fromReview(c))...)
}

// readPost returns the posted form. It does not look at the query, which
// Fiber's FormValue prefers.
func readPost(c *fiber.Ctx) url.Values {
	posted := make(url.Values)
	for key, value := range c.Request().PostArgs().All() {
		posted.Add(string(key), string(value))
	}
	return posted
}
