package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/draft"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// A sectionCount is the title of a section of a draft and its number of answers, in words.
type sectionCount struct{ Title, Count string }

// draftContents returns the number of answers in each section of d that has any, but no
// answer. Of a draft without answers it returns the first section.
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
		if count > 0 {
			list = append(list, sectionCount{Title: section.Title.In(l), Count: i18n.N(l, "delete.answers", count)})
		}
	}
	if len(list) == 0 {
		list = []sectionCount{{Title: s.Wizard.Form.Sections[0].Title.In(l), Count: i18n.N(l, "delete.answers", 0)}}
	}
	return list
}

// A deletePage says what is deleted with a draft, and asks for confirmation.
type deletePage struct {
	page
	Saved        string // when the draft was saved last
	KeptUntil    string // until when the draft is kept otherwise
	Contents     []sectionCount
	ContactEmail string // the address for mail about the draft, or ""
	DraftID      string // for the post; "": the path identifies the draft
	Path         string // where the draft continues
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

// deleteDraft deletes the draft that this browser holds. A second post has the same
// answer.
func (s *Server) deleteDraft(c *fiber.Ctx) error {
	p, err := s.visit(c).progress()
	switch {
	case err != nil:
		return withNote(err, noteSent)
	case !s.keepsCookies(c):
		return wizard.ErrNoDraft // "deleted" would not be true
	case s.visit(c).switched(readPost(c)):
		return s.redirectWithNote(c, langOf(c), deletePath, noteSwitched)
	}
	corrected, err := s.Resume.Delete(c.UserContext(), p)
	switch {
	case err != nil:
		return withNote(err, noteSent)
	case corrected:
		return s.redirectToSent(c) // the application that the draft corrected stays
	}
	s.apply.clearSession(c)
	return s.redirectWithNote(c, langOf(c), "", noteDeleted)
}
