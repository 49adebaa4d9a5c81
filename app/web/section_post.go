package web

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// answerSection saves the answers to a section and leads to where the pressed
// button, under the name do, wants to go: on, to the other language, away, or to
// the address that it has mended.
//
// It leads there by redirecting, so that reloading never repeats the answer,
// and leads back to the section when something is wrong. A browser follows the
// redirect to a page, htmx to a fragment; neither needs code of its own here.
func (s *Server) answerSection(c *fiber.Ctx) error {
	section, err := s.section(c)
	if err != nil {
		return err
	}
	posted, l := readPost(c), langOf(c)
	do := posted.Get("do")
	if to, switching := i18n.Parse(do); switching {
		s.followLanguage(posted, l, to)
	}
	filled := s.readSubmission(section, posted, l)
	if do != "" {
		filled.Mode = join.Leave
	}
	s.applySuggestion(filled, do)
	reply, err := s.Join.Save(c.UserContext(), s.session(c), filled)
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, l, "/apply/sent?note=sent")
	case errors.Is(err, join.ErrConflict):
		return s.showConflict(c, section, filled, reply, do)
	case errors.Is(err, join.ErrTooLarge), errors.Is(err, join.ErrNotSaved):
		return s.showUnsaved(c, filled, reply, err)
	case err != nil:
		return err
	}
	s.prefetchAdvice(filled)
	s.setSession(c, reply.Session)
	to, path := s.nextPath(c, section, reply, do)
	return redirect(c, to, path)
}

// readSubmission reads a posted section.
func (s *Server) readSubmission(section *form.Section, posted url.Values, l i18n.Lang) join.Submission {
	version := posted.Get("version")
	if posted.Has("again") { // the page about a conflict, in the other language
		version = posted.Get("again")
	}
	return join.Submission{
		Section:    section,
		Answers:    section.Read(posted),
		Shown:      posted["shown"],
		KeepStored: keepStored(posted),
		Snapshot:   join.ParseSnapshot(version),
		Lang:       l,
	}
}

// nextPath returns where saved answers lead.
func (s *Server) nextPath(c *fiber.Ctx, section *form.Section, reply join.SaveResult, do string) (i18n.Lang, string) {
	l := langOf(c)
	to, switching := i18n.Parse(do)
	switch {
	case reply.NewDraft && switching:
		return to, "/apply?note=anew"
	case reply.NewDraft && do == "later":
		return l, "/apply/later?note=anew"
	case reply.NewDraft:
		return l, "/apply?note=anew"
	case switching:
		return to, samePath(c, section)
	case strings.HasPrefix(do, acceptPrefix):
		return l, samePath(c, section) + "#" + url.PathEscape(strings.TrimPrefix(do, acceptPrefix))
	case do == "later", do == "phone":
		return l, "/apply/" + do
	case len(reply.Problems) > 0:
		return l, samePath(c, section, "wrong", "1")
	case reply.FormChanged:
		return l, samePath(c, section) // which says what has changed
	case reply.MoreQuestions:
		return l, samePath(c, section, "note", "more")
	}
	return l, s.pathAfter(c, section)
}

// showUnsaved shows what was typed, and that it could not be saved. The
// questions that were on the page because of others stay: why, may not be
// known while the store does not answer.
func (s *Server) showUnsaved(c *fiber.Ctx, f join.Submission, reply join.SaveResult, err error) error {
	p := s.sectionPage(c, f.Section, reply.Answers, reply.Problems, f.Shown...)
	p.Snapshot, p.Failed = f.Snapshot.String(), true
	if errors.Is(err, join.ErrTooLarge) {
		p.Unsaved = i18n.T(p.Lang, "unsaved.too_large")
		return s.render(c.Status(fiber.StatusRequestEntityTooLarge), "section", p)
	}
	s.Log.Error("answers not saved", "route", c.Route().Path, "err", err)
	p.Unsaved = i18n.T(p.Lang, "unsaved.text")
	return s.render(c.Status(fiber.StatusServiceUnavailable), "section", p)
}

// followLanguage lets the language of correspondence follow a switch of the
// page's language, if it was that of the page.
func (s *Server) followLanguage(posted url.Values, from, to i18n.Lang) {
	if key := s.Join.Form.Language().Key; posted.Get(key) == string(from) {
		posted.Set(key, string(to))
	}
}
