package web

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/draft"
	"joinery/app/i18n"
	"joinery/app/join"
)

// A content is a section of a draft and how many answers it has, in words.
type content struct{ Title, Count string }

// contents says what is in d, section by section, without showing any answer.
func (s *Server) contents(l i18n.Lang, d draft.Draft) []content {
	typed := d.Typed(s.Join.Form)
	var list []content
	for i := range s.Join.Form.Sections {
		section, count := &s.Join.Form.Sections[i], 0
		for _, f := range section.Fields {
			if typed.Given(f.Key) {
				count++
			}
		}
		list = append(list, content{Title: section.Title.In(l), Count: i18n.N(l, "delete.answers", count)})
	}
	return list
}

// A deletePage says what is deleted with a draft, and asks once.
type deletePage struct {
	page
	Saved    string // when it was, last
	Kept     string // until when it is kept otherwise
	Contents []content
	Mailbox  string // where its owner asked to have mail about it, or ""
	Draft    string // its name, for the post; "": the path names it
	Path     string // where it is kept
}

// showDelete shows what would be deleted. It deletes nothing.
func (s *Server) showDelete(c *fiber.Ctx) error {
	progress, err := s.Join.Progress(c.UserContext(), s.draftID(c))
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
		page:     s.page(c, i18n.T(l, "delete.title")),
		Saved:    i18n.Time(l, progress.Draft.Saved.In(time.Local)),
		Kept:     i18n.Date(l, s.Join.ExpiresAt(progress.Draft.Saved).In(time.Local)),
		Contents: s.contents(l, progress.Draft),
		Mailbox:  progress.Info.ContactEmail,
		Draft:    progress.ShortID(),
		Path:     in(l, "/apply"),
	})
}

// deleteDraft deletes the draft that this browser holds. Pressed again, it
// says the same.
func (s *Server) deleteDraft(c *fiber.Ctx) error {
	switch switched, err := s.switched(c, readPost(c)); {
	case err != nil:
		return err
	case switched:
		return redirect(c, langOf(c), "/apply/delete?note=switched")
	}
	switch err := s.Join.Delete(c.UserContext(), s.draftID(c)); {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent?note=sent")
	case err != nil:
		return err
	}
	if _, err := s.Join.Sent(c.UserContext(), s.draftID(c)); err == nil {
		return redirect(c, langOf(c), "/apply/sent") // the draft corrected an application, which stays
	}
	s.dropDraft(c)
	return redirect(c, langOf(c), "?note=deleted")
}
