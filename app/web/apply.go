package web

import (
	"errors"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// start leads to where the applicant should go on: the first section that is
// not finished, the check page, or the application that was sent.
func (s *Server) start(c *fiber.Ctx) error {
	progress, err := s.Join.Progress(c.UserContext(), s.draftID(c))
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent")
	case err != nil:
		return err
	}
	return redirect(c, langOf(c), pathTo(progress.Next))
}

// pathTo returns the path of a section, or of the check page when it is nil.
func pathTo(section *form.Section) string {
	if section == nil {
		return "/apply/check"
	}
	return "/apply/" + section.Key
}

func (s *Server) section(c *fiber.Ctx) (*form.Section, error) {
	section, ok := s.Join.Form.Section(c.Params("section"))
	if !ok {
		return nil, fiber.ErrNotFound
	}
	return section, nil
}

// showSection shows the questions of a section with the answers so far.
func (s *Server) showSection(c *fiber.Ctx) error {
	section, err := s.section(c)
	if err != nil {
		return err
	}
	progress, err := s.Join.Progress(c.UserContext(), s.draftID(c))
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent?note=sent")
	case err != nil:
		return err
	case !progress.Reachable(s.Join.Form, section):
		return redirect(c, langOf(c), pathTo(progress.Next)+"?note=order")
	}
	p := s.sectionPage(c, section, progress.Draft.Answers(), nil)
	p.kept(s.Join, progress.Draft.Saved)
	return s.render(c, "section", p)
}

// answerSection saves the answers to a section and leads on, or shows the
// section again with what is wrong with them.
//
// It leads on by redirecting, so that reloading never repeats the answer. A
// browser follows the redirect to a page, htmx to a fragment; neither needs
// code of its own here.
func (s *Server) answerSection(c *fiber.Ctx) error {
	section, err := s.section(c)
	if err != nil {
		return err
	}
	posted, l := readPost(c), langOf(c)
	to, switching := i18n.Parse(posted.Get("do"))
	if switching {
		s.followLanguage(posted, l, to)
	}
	reply, err := s.Join.Answer(c.UserContext(), s.draftID(c), section, section.Read(posted), posted["shown"], l)
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, l, "/apply/sent?note=sent")
	case errors.Is(err, join.ErrNotSaved):
		return s.showUnsaved(c, section, reply, posted["shown"], err)
	case err != nil:
		return err
	}
	s.keepDraft(c, reply.ID)
	switch {
	case switching:
		return redirect(c, to, pathTo(section)+returning(c))
	case len(reply.Problems) > 0:
		c.Status(fiber.StatusUnprocessableEntity)
		p := s.sectionPage(c, section, reply.Answers, reply.Problems)
		p.kept(s.Join, s.Join.Now())
		return s.render(c, "section", p)
	case reply.Unseen:
		return redirect(c, l, pathTo(section)+joinQuery(returning(c), "note=more"))
	}
	return redirect(c, l, s.after(c, section))
}

// showUnsaved shows what was typed, and that it could not be saved. Shown are
// the questions that were on the page because of others: why, may not be known
// while the store does not answer.
func (s *Server) showUnsaved(c *fiber.Ctx, section *form.Section, reply join.Reply, shown []string, err error) error {
	s.Log.Error("answers not saved", "route", c.Route().Path, "err", err)
	p := s.sectionPage(c, section, reply.Answers, reply.Problems, shown...)
	p.Unsaved, p.Failed = true, true
	return s.render(c.Status(fiber.StatusServiceUnavailable), "section", p)
}

// followLanguage lets the language of correspondence follow a switch of the
// page's language, if it was that of the page.
func (s *Server) followLanguage(posted url.Values, from, to i18n.Lang) {
	if key := s.Join.Form.Language().Key; posted.Get(key) == string(from) {
		posted.Set(key, string(to))
	}
}

// after returns the path that follows a finished section: the check page for
// somebody who came from there, otherwise the next section.
func (s *Server) after(c *fiber.Ctx, section *form.Section) string {
	next := 1 + slices.IndexFunc(s.Join.Form.Sections, func(other form.Section) bool { return other.Key == section.Key })
	if returning(c) != "" || next == len(s.Join.Form.Sections) {
		return pathTo(nil)
	}
	return pathTo(&s.Join.Form.Sections[next])
}

// returning is the query of somebody who came from the check page to change
// something, or "".
func returning(c *fiber.Ctx) string {
	if c.Query("from") == "check" {
		return "?from=check"
	}
	return ""
}

func joinQuery(query, more string) string {
	if query == "" {
		return "?" + more
	}
	return query + "&" + more
}

// previewField shows one question as it would be with what is on the page:
// with its error or without, and with the questions that its answer raises.
func (s *Server) previewField(c *fiber.Ctx) error {
	section, err := s.section(c)
	if err != nil {
		return err
	}
	if _, ok := section.Field(c.Params("field")); !ok {
		return fiber.ErrNotFound
	}
	all, problems, err := s.Join.Preview(c.UserContext(), s.draftID(c), section, section.Read(readPost(c)))
	if err != nil {
		// Continue will say what is wrong. Nobody is disturbed while they type.
		s.Log.Error("no preview", "err", err)
		return c.SendStatus(fiber.StatusNoContent)
	}
	own := form.Problems{}
	if p, ok := problems[c.Params("field")]; ok {
		own[c.Params("field")] = p
	}
	for _, f := range s.sectionPage(c, section, all, own).Fields {
		if found := f.find(c.Params("field")); found != nil {
			return s.write(c, found, "partials/field")
		}
	}
	return c.SendStatus(fiber.StatusNoContent) // no longer asked
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
