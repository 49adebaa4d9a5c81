package web

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// errorRedirects say what a request leads to when something expected stands in its way:
// another page. The path follows the base of the form, after a GET and after a
// POST. Errors of one room that need a page of their own are handled there.
var errorRedirects = []struct {
	err       error
	get, post string
}{
	{wizard.ErrSubmitted, "/sent", "/sent"},
	{wizard.ErrNoDraft, "", "?" + queryNote + "=" + noteEnded},
	{confirm.ErrNoApplication, "", "/sent"}, // which knows what became of it
	{confirm.ErrIncomplete, "/check", "/check"},
	{confirm.ErrTooSoon, "/sent", "/sent"}, // which says from when on
}

// A notedError is an error that leads to another page with a note on it.
type notedError struct {
	error
	note string
}

func (e notedError) Unwrap() error { return e.error }

// withNote returns an error that leads where err leads, and leaves a note there.
func withNote(err error, note string) error { return notedError{err, note} }

// redirectForError leads to the page that errorRedirects name for err, and reports whether they
// name one.
func (s *Server) redirectForError(c *fiber.Ctx, err error) (bool, error) {
	var noted notedError
	errors.As(err, &noted)
	for _, o := range errorRedirects {
		if errors.Is(err, o.err) {
			to := o.get
			if c.Method() == fiber.MethodPost {
				to = o.post
			}
			return true, redirect(c, langOf(c), withQuery(s.baseOf(c)+to, queryNote, noted.note))
		}
	}
	return false, nil
}

// errorPages say what people are told when something else goes wrong: the
// sentences under the key, with .title, .text and .next.
var errorPages = []struct {
	err    error
	status int
	key    string
}{
	{fiber.ErrNotFound, fiber.StatusNotFound, "error.not_found"},
	{fiber.ErrForbidden, fiber.StatusForbidden, "error.forbidden"},
	{fiber.ErrRequestEntityTooLarge, fiber.StatusRequestEntityTooLarge, "error.too_large"},
}

// describe returns the status of a response to err and the key of the sentences
// that explain it. What is not listed is a request that Fiber refused, a store
// that does not answer, or a fault of ours.
func describe(err error) (status int, key string) {
	refused := fiber.NewError(0)
	errors.As(err, &refused)
	for _, p := range errorPages {
		if errors.Is(err, p.err) || refused.Code == p.status { // Fiber says the same in errors of its own
			return p.status, p.key
		}
	}
	switch {
	case 0 < refused.Code && refused.Code < 500:
		return refused.Code, "error.refused"
	case isUnavailable(err):
		return fiber.StatusServiceUnavailable, "error.unavailable"
	}
	return fiber.StatusInternalServerError, "error.internal"
}

// isUnavailable reports whether err says that a store does not answer, which
// passes by itself.
func isUnavailable(err error) bool {
	store := interface{ Unavailable() bool }(nil)
	return errors.As(err, &store) && store.Unavailable() || errors.Is(err, context.DeadlineExceeded)
}

// retryAfter is after how many seconds it makes sense to try again when a store
// does not answer.
const retryAfter = "5"

// failureStatus returns the status of a response to a failure, and says when to
// try again where that helps.
func failureStatus(c *fiber.Ctx, err error) int {
	if !isUnavailable(err) {
		return fiber.StatusInternalServerError
	}
	c.Set(fiber.HeaderRetryAfter, retryAfter)
	return fiber.StatusServiceUnavailable
}

// logFailure logs a failure by the route of the request, not by its URL: URLs
// carry secrets.
func (s *Server) logFailure(c *fiber.Ctx, what string, err error) {
	s.Log.Error(what, "method", c.Method(), "route", routeOf(c), "err", err)
}

type errorPage struct {
	page
	Text, Next string
}

// showError is where every error that a handler returns ends up. Only failures
// are logged.
func (s *Server) showError(c *fiber.Ctx, err error) error {
	if led, err := s.redirectForError(c, err); led {
		return err
	}
	s.setSecurityHeaders(c) // Fiber refuses some requests before they come to protect
	status, key := describe(err)
	if status >= 500 {
		s.logFailure(c, "request failed", err)
		status = failureStatus(c, err)
	}
	l := langOf(c)
	p := errorPage{page: s.page(c, i18n.T(l, key+".title")), Text: i18n.T(l, key+".text"), Next: i18n.T(l, key+".next")}
	p.PagePath = "" // the other language has the same page nowhere
	return s.renderError(c.Status(status), p)
}
