package web

import (
	"context"
	"strings"
	"time"

	"joinery/app/address"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
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
func (s *Server) prefetchAdvice(sub wizard.Submission) {
	for _, field := range sub.Section.Fields {
		if field.Kind == form.Email {
			address.Advise(noWait, s.MX, sub.Answers.First(field.Key))
		}
	}
}

// applySuggestion puts the address that is suggested in the place of the one that
// was typed, if do is the button for it, and reports whether it did. The address
// is worked out again: the button names only the question.
func (s *Server) applySuggestion(sub wizard.Submission, do action) bool {
	key, accepts := do.accepts()
	field, ok := sub.Section.Field(key)
	if !accepts || !ok || field.Kind != form.Email {
		return false
	}
	suggestion := address.Advise(noWait, s.MX, sub.Answers.First(key)).Suggestion
	if suggestion != "" {
		sub.Answers[key] = []string{suggestion}
	}
	return suggestion != ""
}
