package web

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/draft"
	"joinery/app/i18n"
	"joinery/app/join"
)

// A sectionCount is a section of a draft and how many answers it has, in words.
type sectionCount struct{ Title, Count string }

// draftContents says what is in d, section by section, without showing any answer.
func (s *Server) draftContents(l i18n.Lang, d draft.Draft) []sectionCount {
	typed := d.Typed(s.Join.Form)
	var list []sectionCount
	for i := range s.Join.Form.Sections {
		section, count := &s.Join.Form.Sections[i], 0
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
	progress, err := s.Join.Progress(c.UserContext(), s.session(c))
	l := langOf(c)
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, l, "/apply/sent")
	case err != nil:
		return err
	case progress.Draft.Key == "":
		return redirect(c, l, "")
	}
	return s.render(c, "draft_delete", deletePage{
		page:         s.page(c, i18n.T(l, "delete.title")),
		Saved:        i18n.Time(l, progress.Draft.Saved.In(time.Local)),
		KeptUntil:    i18n.Date(l, s.Join.ExpiresAt(progress.Draft.Saved).In(time.Local)),
		Contents:     s.draftContents(l, progress.Draft),
		ContactEmail: progress.Info.ContactEmail,
		DraftID:      progress.ShortID(),
		Path:         localPath(l, "/apply"),
	})
}

// deleteDraft deletes the draft that this browser holds. Pressed again, it
// says the same.
func (s *Server) deleteDraft(c *fiber.Ctx) error {
	switch switched, err := s.draftSwitched(c, readPost(c)); {
	case err != nil:
		return err
	case switched:
		return redirect(c, langOf(c), "/apply/delete?note=switched")
	}
	switch err := s.Join.Delete(c.UserContext(), s.session(c)); {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent?note=sent")
	case err != nil:
		return err
	}
	if _, err := s.Join.Sent(c.UserContext(), s.session(c)); err == nil {
		return redirect(c, langOf(c), "/apply/sent") // the draft corrected an application, which stays
	}
	s.clearSession(c)
	return redirect(c, langOf(c), "?note=deleted")
}
