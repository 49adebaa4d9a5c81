package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/draft"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// A sectionCount is a section of a draft and how many answers it has, in words.
type sectionCount struct{ Title, Count string }

// draftContents says what is in d, section by section, without showing any answer.
func (s *Server) draftContents(l i18n.Lang, d draft.Draft) []sectionCount {
	typed := d.Typed(s.Wizard.Form)
	var list []sectionCount
	for i := range s.Wizard.Form.Sections {
		section, count := &s.Wizard.Form.Sections[i], 0
		for _, f := range section.Fields {
			if typed.Given(f.Key) {
				count++
			}
		}
		list = append(list, sectionCount{Title: section.Title.In(l), Count: i18n.N(l, "delete.answers", count)})
	}
	return list
}

// A deletePage says what is deleted with a draft, and asks once.
type deletePage struct {
	page
	Saved        string // when it was, last
	KeptUntil    string // until when it is kept otherwise
	Contents     []sectionCount
	ContactEmail string // where its owner asked to have mail about it, or ""
	DraftID      string // its name, for the post; "": the path names it
	Path         string // where it is kept
}

// showDelete shows what would be deleted. It deletes nothing.
func (s *Server) showDelete(c *fiber.Ctx) error {
	p, err := s.visit(c).draft()
	switch {
	case errors.Is(err, wizard.ErrNoDraft):
		return redirect(c, langOf(c), "")
	case err != nil:
		return err
	}
	return s.render(c, "draft_delete", s.deletePage(c, p))
}

// deleteDraft deletes the draft that this browser holds. Pressed again, it says
// the same.
func (s *Server) deleteDraft(c *fiber.Ctx) error {
	p, err := s.visit(c).progress()
	switch {
	case err != nil:
		return withNote(err, noteSent)
	case draftSwitched(p, readPost(c)):
		return redirect(c, langOf(c), withQuery(deletePath, queryNote, noteSwitched))
	}
	corrected, err := s.Resume.Delete(c.UserContext(), p)
	switch {
	case err != nil:
		return err
	case corrected:
		return s.redirectToSent(c) // the application that the draft corrected stays
	}
	s.apply.clearSession(c)
	return redirect(c, langOf(c), withQuery("", queryNote, noteDeleted))
}
