package web

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// An advice stands beside an address that may be a slip. It is no error, and
// nobody has to follow it.
type advice struct {
	Lang  i18n.Lang
	Key   string // of the question
	Words string
	Meant string // the address that one press puts in the place of the one typed, or ""
}

// patience is how long the advice at a field waits for the DNS. Pages do not
// wait: they are asked for with the context atOnce, which is done already.
const patience = time.Second

var atOnce = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// advice returns what there is to say about the answer to f, or nil.
func (s *Server) advice(ctx context.Context, l i18n.Lang, f *form.Field, typed string) *advice {
	if f.Kind != form.Email {
		return nil
	}
	switch a := s.Join.Advice(ctx, typed); {
	case a.Suggestion != "":
		return &advice{Lang: l, Key: f.Key, Words: i18n.T(l, "advice.meant", a.Suggestion), Meant: a.Suggestion}
	case a.Undeliverable:
		return &advice{Lang: l, Key: f.Key, Words: i18n.T(l, "advice.unreachable", typed[strings.LastIndexByte(typed, '@')+1:])}
	}
	return nil
}

// foresee begins to look up the addresses among answers, so that there is
// advice by the time that they are shown again.
func (s *Server) foresee(f join.Submission) {
	for _, field := range f.Section.Fields {
		if field.Kind == form.Email {
			s.Join.Advice(atOnce, f.Answers.First(field.Key))
		}
	}
}

// accepting begins the value of the button that follows an advice. The key of
// the question comes behind it; the address does not: it is worked out again.
const accepting = "accept:"

// accept puts the address that was meant in the place of the one that was
// typed, if do is the button for it, and reports whether it did.
func (s *Server) accept(f join.Submission, do string) bool {
	key, pressed := strings.CutPrefix(do, accepting)
	field, ok := f.Section.Field(key)
	if !pressed || !ok || field.Kind != form.Email {
		return false
	}
	meant := s.Join.Advice(atOnce, f.Answers.First(key)).Suggestion
	if meant != "" {
		f.Answers[key] = []string{meant}
	}
	return meant != ""
}

// acceptOnCheck follows the advice on the check page, and comes back to it.
func (s *Server) acceptOnCheck(c *fiber.Ctx, given []string, do string) error {
	ctx, id, l := c.UserContext(), s.draftID(c), langOf(c)
	back := query(pathTo(nil), "ticked", "1") // which says what is the matter if nothing could be done
	progress, err := s.Join.Progress(ctx, id)
	filled, accepted := s.mended(progress, l, do)
	if err != nil || progress.Next != nil || !accepted {
		return s.leaveCheck(c, given, l, back)
	}
	switch _, err = s.Join.Save(ctx, id, filled); {
	case err == nil:
		back = query(back, "note", "accepted")
	case errors.Is(err, join.ErrConflict):
		back = query(back, "note", "changed")
	case !errors.Is(err, join.ErrSent):
		return err
	}
	return s.leaveCheck(c, given, l, back)
}

// mended returns the section with the address of a draft that do wants another
// for, and whether there is another.
func (s *Server) mended(p join.Progress, l i18n.Lang, do string) (join.Submission, bool) {
	typed := p.Draft.Typed(s.Join.Form)
	for i := range s.Join.Form.Sections {
		f := join.Submission{Section: &s.Join.Form.Sections[i], Answers: make(form.Answers), Lang: l}
		for _, field := range f.Section.Fields {
			f.Answers[field.Key] = typed[field.Key]
		}
		if s.accept(f, do) {
			f.Snapshot = s.Join.Snapshot(p.Draft, f.Section)
			return f, true
		}
	}
	return join.Submission{}, false
}
