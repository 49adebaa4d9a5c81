package web

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// An advice stands beside an address that may be a slip. It is no error, and
// nobody has to follow it.
type advice struct {
	Lang       i18n.Lang
	Key        string // of the question
	Words      string
	Suggestion string // the address that one press puts in the place of the one typed, or ""
}

// adviceTimeout is how long the advice at a field waits for the DNS. Pages do not
// wait: they are asked for with the context atOnce, which is done already.
const adviceTimeout = time.Second

var noWait = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// advice returns what there is to say about the answer to f, or nil.
func (s *Server) advice(ctx context.Context, l i18n.Lang, f *form.Field, typed string) *advice {
	if f.Kind != form.Email {
		return nil
	}
	switch a := address.Advise(ctx, s.MX, typed); {
	case a.Suggestion != "":
		return &advice{Lang: l, Key: f.Key, Words: i18n.T(l, "advice.meant", a.Suggestion), Suggestion: a.Suggestion}
	case a.Undeliverable:
		return &advice{Lang: l, Key: f.Key, Words: i18n.T(l, "advice.unreachable", typed[strings.LastIndexByte(typed, '@')+1:])}
	}
	return nil
}

// prefetchAdvice begins to look up the addresses among answers, so that there is
// advice by the time that they are shown again.
func (s *Server) prefetchAdvice(f join.Submission) {
	for _, field := range f.Section.Fields {
		if field.Kind == form.Email {
			address.Advise(noWait, s.MX, f.Answers.First(field.Key))
		}
	}
}

// acceptPrefix begins the value of the button that follows an advice. The key of
// the question comes behind it; the address does not: it is worked out again.
const acceptPrefix = "accept:"

// applySuggestion puts the address that was meant in the place of the one that was
// typed, if do is the button for it, and reports whether it did.
func (s *Server) applySuggestion(f join.Submission, do string) bool {
	key, pressed := strings.CutPrefix(do, acceptPrefix)
	field, ok := f.Section.Field(key)
	if !pressed || !ok || field.Kind != form.Email {
		return false
	}
	meant := address.Advise(noWait, s.MX, f.Answers.First(key)).Suggestion
	if meant != "" {
		f.Answers[key] = []string{meant}
	}
	return meant != ""
}

// acceptOnReview follows the advice on the check page, and comes back to it.
func (s *Server) acceptOnReview(c *fiber.Ctx, given []string, do string) error {
	ctx, id, l := c.UserContext(), s.session(c), langOf(c)
	back := withQuery(sectionPath(nil), "ticked", "1") // which says what is the matter if nothing could be done
	progress, err := s.Join.Progress(ctx, id)
	filled, accepted := s.withSuggestion(progress, l, do)
	if err != nil || progress.Next != nil || !accepted {
		return s.leaveReview(c, given, l, back)
	}
	switch _, err = s.Join.Save(ctx, id, filled); {
	case err == nil:
		back = withQuery(back, "note", "accepted")
	case errors.Is(err, join.ErrConflict):
		back = withQuery(back, "note", "changed")
	case !errors.Is(err, join.ErrSent):
		return err
	}
	return s.leaveReview(c, given, l, back)
}

// withSuggestion returns the section with the address of a draft that do wants another
// for, and whether there is another.
func (s *Server) withSuggestion(p join.Progress, l i18n.Lang, do string) (join.Submission, bool) {
	typed := p.Draft.Typed(s.Join.Form)
	for i := range s.Join.Form.Sections {
		f := join.Submission{Section: &s.Join.Form.Sections[i], Answers: make(form.Answers), Lang: l}
		for _, field := range f.Section.Fields {
			f.Answers[field.Key] = typed[field.Key]
		}
		if s.applySuggestion(f, do) {
			f.Snapshot = s.Join.Snapshot(p.Draft, f.Section)
			return f, true
		}
	}
	return join.Submission{}, false
}
