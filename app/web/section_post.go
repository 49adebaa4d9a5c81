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
	filled := s.filled(section, posted, l)
	if do != "" {
		filled.Mode = join.Leave
	}
	s.accept(filled, do)
	reply, err := s.Join.Save(c.UserContext(), s.draftID(c), filled)
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
	s.foresee(filled)
	s.keepDraft(c, reply.Session)
	to, path := s.onward(c, section, reply, do)
	return redirect(c, to, path)
}

// filled reads a posted section.
func (s *Server) filled(section *form.Section, posted url.Values, l i18n.Lang) join.Submission {
	version := posted.Get("version")
	if posted.Has("again") { // the page about a conflict, in the other language
		version = posted.Get("again")
	}
	return join.Submission{
		Section:    section,
		Answers:    section.Read(posted),
		Shown:      posted["shown"],
		KeepStored: theirs(posted),
		Snapshot:   join.ParseSnapshot(version),
		Lang:       l,
	}
}

// onward returns where saved answers lead.
func (s *Server) onward(c *fiber.Ctx, section *form.Section, reply join.SaveResult, do string) (i18n.Lang, string) {
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
		return to, again(c, section)
	case strings.HasPrefix(do, accepting):
		return l, again(c, section) + "#" + url.PathEscape(strings.TrimPrefix(do, accepting))
	case do == "later", do == "phone":
		return l, "/apply/" + do
	case len(reply.Problems) > 0:
		return l, again(c, section, "wrong", "1")
	case reply.FormChanged:
		return l, again(c, section) // which says what has changed
	case reply.MoreQuestions:
		return l, again(c, section, "note", "more")
	}
	return l, s.after(c, section)
}

// showUnsaved shows what was typed, and that it could not be saved. The
// questions that were on the page because of others stay: why, may not be
// known while the store does not answer.
func (s *Server) showUnsaved(c *fiber.Ctx, f join.Submission, reply join.SaveResult, err error) error {
	p := s.sectionPage(c, f.Section, reply.Answers, reply.Problems, f.Shown...)
	p.Seen, p.Failed = f.Snapshot.String(), true
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
