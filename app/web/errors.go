package web

import (
	"cmp"
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/wizard"
)

// errorRedirects are the paths to which expected errors redirect, after a GET and after
// a POST. Each path follows the base of the form. A handler treats an error that needs
// a page of its own.
var errorRedirects = []struct {
	err       error
	get, post string
	note      string // after a POST
}{
	{wizard.ErrSubmitted, "/sent", "/sent", noteNone},
	{wizard.ErrClosed, "/closed", "/closed", noteNone},
	{wizard.ErrNoDraft, "", "", noteEnded},
	{confirm.ErrNoApplication, "", "/sent", noteNone}, // which shows the outcome
	{confirm.ErrIncomplete, "/check", "/check", noteNone},
	{confirm.ErrTooSoon, "/sent", "/sent", noteNone}, // which says when the next letter is allowed
	{mail.ErrFull, "/sent", "/sent", noteCrowded},
}

// A notedError is an error that redirects to another page with a note.
type notedError struct {
	error
	note string
}

func (e notedError) Unwrap() error { return e.error }

// withNote returns an error that redirects as err does, and adds a note there.
func withNote(err error, note string) error { return notedError{err, note} }

// redirectForError redirects to the path in errorRedirects for err, and reports whether
// there is one.
func (s *Server) redirectForError(c *fiber.Ctx, err error) (bool, error) {
	var noted notedError
	errors.As(err, &noted)
	for _, o := range errorRedirects {
		if errors.Is(err, o.err) {
			to, note := o.get, noted.note
			if c.Method() == fiber.MethodPost {
				to, note = o.post, cmp.Or(noted.note, o.note)
			}
			if o.err == wizard.ErrNoDraft && c.Method() == fiber.MethodPost && !s.keepsCookies(c) {
				return true, s.redirectWithNote(c, langOf(c), "", noteCookies) // the draft may well be there
			}
			return true, s.redirectWithNote(c, langOf(c), s.baseOf(c)+to, note)
		}
	}
	return false, nil
}

// errorPages are the statuses and the texts for other errors. The catalogue has the
// texts under the key, with .title, .text and .next.
var errorPages = []struct {
	err    error
	status int
	key    string
}{
	{fiber.ErrNotFound, fiber.StatusNotFound, "error.not_found"},
	{fiber.ErrForbidden, fiber.StatusForbidden, "error.forbidden"},
	{fiber.ErrRequestEntityTooLarge, fiber.StatusRequestEntityTooLarge, "error.too_large"},
}

// describe returns the status of a response to err and the key of its texts. An error
// that is not in errorPages is a request that Fiber refused, a store that does not
// answer, or an internal error.
func describe(err error) (status int, key string) {
	refused := fiber.NewError(0)
	errors.As(err, &refused)
	for _, p := range errorPages {
		if errors.Is(err, p.err) || refused.Code == p.status { // Fiber has errors of its own with these statuses
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

// isUnavailable reports whether err says that a store does not answer, which is
// temporary.
func isUnavailable(err error) bool {
	store := interface{ Unavailable() bool }(nil)
	return errors.As(err, &store) && store.Unavailable() || errors.Is(err, context.DeadlineExceeded)
}

// retryAfter is the number of seconds after which a client should try again when a
// store does not answer.
const retryAfter = "5"

// failureStatus returns the status of a response to a failure, and sets Retry-After for
// one that is temporary.
func failureStatus(c *fiber.Ctx, err error) int {
	if !isUnavailable(err) {
		return fiber.StatusInternalServerError
	}
	c.Set(fiber.HeaderRetryAfter, retryAfter)
	return fiber.StatusServiceUnavailable
}

// logFailure logs and counts a failure with the route of the request, not with its URL: URLs
// contain secrets.
func (s *Server) logFailure(c *fiber.Ctx, what string, err error) {
	if s.Failed != nil {
		s.Failed(err)
	}
	s.logOf(c).Error(what, "method", c.Method(), "route", routeOf(c), "err", err)
}

type errorPage struct {
	page
	Text, Next string
	Reference  string     // the ID of the request, by which a failure is found in the log, or ""
	Retry      *retryForm // nil: there is nothing to post once more
}

// showError answers a request whose handler returned an error. It logs only failures.
func (s *Server) showError(c *fiber.Ctx, err error) error {
	if led, err := s.redirectForError(c, err); led {
		return err
	}
	requestID(c)
	s.setSecurityHeaders(c) // Fiber refuses some requests before protect runs
	status, key := describe(err)
	if status >= 500 {
		s.logFailure(c, "request failed", err)
		status = failureStatus(c, err)
	}
	l := langOf(c)
	p := errorPage{page: s.page(c, i18n.T(l, key+".title")), Text: i18n.T(l, key+".text"), Next: i18n.T(l, key+".next")}
	if status >= 500 {
		p.Reference = requestID(c)
	}
	if status == fiber.StatusServiceUnavailable {
		p.Retry = s.retryForm(c)
	}
	p.PagePath = "" // the error page has no path in the other language
	return s.renderError(c.Status(status), p)
}
