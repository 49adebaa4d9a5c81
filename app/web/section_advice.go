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

// An advice stands beside an address that may have a typo. It is no error, and the
// applicant may ignore it.
type advice struct {
	Lang       i18n.Lang
	Key        string // the key of the question
	Words      string
	Suggestion string // the address that replaces the typed one at a press, or ""
}

// adviceTimeout is how long the advice at a field waits for the DNS.
const adviceTimeout = time.Second

// noWait is a context that is done already. With it, advice for a whole page uses only
// cached answers of the DNS.
var noWait = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// advice returns the advice about the answer to f, or nil.
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

// prefetchAdvice starts to look up the addresses among the answers, so the advice is
// ready when a page shows them again.
func (s *Server) prefetchAdvice(sub wizard.Submission) {
	for _, field := range sub.Section.Fields {
		if field.Kind == form.Email {
			address.Advise(noWait, s.MX, sub.Answers.First(field.Key))
		}
	}
}

// applySuggestion replaces the typed address with the suggested one if do is the button
// for that, and reports whether it did. It computes the suggestion again, because the
// button names only the question.
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
