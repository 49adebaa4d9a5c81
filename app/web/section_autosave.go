package web

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// A savingLine is the line of a section page that says whether what is typed
// is saved.
type savingLine struct {
	Lang         i18n.Lang
	AutosavePath string // the path to which htmx saves quietly
	KeptUntil    string // until when what is saved is kept
	Autosaved    bool   // changes are saved as they are made
	Problem      string // why the last change was not saved, or ""
}

// autosave saves a section while it is being filled in. It never moves
// anybody: it answers with the line that says whether it did.
func (s *Server) autosave(c *fiber.Ctx) error {
	section, err := s.section(c)
	if err != nil {
		return err
	}
	l := langOf(c)
	filled := s.readSubmission(section, readPost(c), l)
	filled.Mode = join.Autosave
	reply, err := s.Join.Save(c.UserContext(), s.session(c), filled)
	if err != nil {
		return s.showAutosaveProblem(c, section, reply, err)
	}
	s.prefetchAdvice(filled)
	if reply.Session != s.session(c) { // a late answer must not give back a draft that was changed for another
		s.setSession(c, reply.Session)
	}
	return s.write(c, savingLine{Lang: l, Autosaved: true}, "partials/section_saving")
}

// autosaveProblems say why a change was not saved, by key in the catalogue.
var autosaveProblems = []struct {
	err    error
	status int
	key    string
}{
	{join.ErrConflict, fiber.StatusConflict, "saving.elsewhere"},
	{join.ErrDraftGone, fiber.StatusGone, "saving.gone"},
	{join.ErrSent, fiber.StatusConflict, "saving.sent"},
	{join.ErrTooLarge, fiber.StatusRequestEntityTooLarge, "saving.too_large"},
}

func (s *Server) showAutosaveProblem(c *fiber.Ctx, section *form.Section, reply join.SaveResult, err error) error {
	p := s.savingLine(langOf(c), section, s.Join.Now())
	p.Problem = i18n.T(p.Lang, "saving.failed")
	c.Status(fiber.StatusServiceUnavailable)
	for _, t := range autosaveProblems {
		if errors.Is(err, t.err) {
			p.Problem = i18n.T(p.Lang, t.key)
			c.Status(t.status)
		}
	}
	if reply.Conflict != nil && reply.Conflict.OtherDraft {
		p.Problem = i18n.T(p.Lang, "saving.strange")
	}
	if c.Response().StatusCode() == fiber.StatusServiceUnavailable {
		s.Log.Error("answers not saved", "route", c.Route().Path, "err", err)
	}
	return s.write(c, p, "partials/section_saving")
}

// previewField shows one question as it would be with what is on the page:
// with its error or without, with advice, and with the questions that its
// answer raises.
func (s *Server) previewField(c *fiber.Ctx) error {
	section, err := s.section(c)
	if err != nil {
		return err
	}
	asked, ok := section.Field(c.Params("field"))
	if !ok {
		return fiber.ErrNotFound
	}
	all, problems, err := s.Join.Preview(c.UserContext(), s.session(c), section, section.Read(readPost(c)))
	if err != nil {
		// Continue will say what is wrong. Nobody is disturbed while they type.
		s.Log.Error("no preview", "err", err)
		return c.SendStatus(fiber.StatusNoContent)
	}
	own := form.Problems{}
	if p, ok := problems[asked.Key]; ok {
		own[asked.Key] = p
	}
	p := s.sectionPage(c, section, all, own)
	if progress, err := s.currentProgress(c); err == nil && progress.ShortID() != "" {
		notice(p.Lang, p.Fields, s.Join.Changes(progress.Draft, section))
	}
	for _, f := range p.Fields {
		if found := f.find(asked.Key); found != nil {
			ctx, cancel := context.WithTimeout(c.UserContext(), adviceTimeout)
			defer cancel()
			found.Advice = s.advice(ctx, p.Lang, asked, found.Value)
			found.announce()
			return s.write(c, found, "partials/field")
		}
	}
	return c.SendStatus(fiber.StatusNoContent) // no longer asked
}
