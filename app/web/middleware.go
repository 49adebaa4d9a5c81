package web

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// fragmentHeader marks a fragment. If something on the way drops it, it drops the other
// headers for htmx too, and joinery.js does without htmx.
const fragmentHeader = "HX-Fragment"

// policy returns a Content-Security-Policy that allows only what the pages use: no
// inline script, no style but our own, no other site, no frame around a page.
func (s *Server) policy() string {
	return "default-src 'none'; script-src 'self'; style-src " + s.styles.Sources() + "; img-src 'self'; font-src 'self'; connect-src 'self'; " +
		"manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// protect sets the security headers of every response.
func (s *Server) protect(c *fiber.Ctx) error {
	s.setSecurityHeaders(c)
	return c.Next()
}

// setSecurityHeaders sets the headers that tell a browser what to refuse. A fragment is
// no document, so only its type needs protection.
//
// The referrer stays within the site. With "no-referrer", browsers would send
// "Origin: null" with our own forms, and sameOrigin would refuse the browsers that
// send no Sec-Fetch-Site.
func (s *Server) setSecurityHeaders(c *fiber.Ctx) {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	if isFragment(c) {
		c.Set(fragmentHeader, "true")
		return
	}
	c.Set(fiber.HeaderContentSecurityPolicy, s.policy())
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), geolocation=(), microphone=()")
	c.Set(robotsHeader, "noindex")
	if s.HTTPS {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}

// limitBody refuses a body that is larger than any form of the site, once it is read. The
// page of a section comes back with what was typed, see showTooLong.
func (s *Server) limitBody(c *fiber.Ctx) error {
	if isTooLong(c) && !s.isSectionPost(c) {
		return fiber.ErrRequestEntityTooLarge
	}
	return c.Next()
}

func isTooLong(c *fiber.Ctx) bool { return len(c.Request().Body()) > maxFormSize }

// formsOnly refuses a post that is not a form: the site would read it as a form with
// all fields blank.
func (s *Server) formsOnly(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodPost && !strings.HasPrefix(c.Get(fiber.HeaderContentType), fiber.MIMEApplicationForm) {
		return fiber.ErrUnsupportedMediaType
	}
	return c.Next()
}

// limitTime limits how long a request waits for the stores.
func (s *Server) limitTime(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), storeTimeout)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

var errPanic = errors.New("web: a handler panicked")

// recoverPanic answers a panic like any other internal error, and logs its stack. The
// value of a panic may contain personal data, so recoverPanic logs it only if it is a
// runtime error.
func (s *Server) recoverPanic(c *fiber.Ctx) (err error) {
	defer func() {
		value := recover()
		if value == nil {
			return
		}
		what := fmt.Sprintf("%T", value)
		if fault, ok := value.(runtime.Error); ok {
			what = fault.Error()
		}
		s.logOf(c).Error("panic", "method", c.Method(), "route", routeOf(c), "panic", what, "stack", string(debug.Stack()))
		err = errPanic
	}()
	return c.Next()
}
