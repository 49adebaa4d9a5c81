package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"
)

// policy allows what the pages use and nothing else: no inline script or
// style, nothing from elsewhere, no frame around them.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// protect sets the headers that tell a browser what to refuse.
func (s *Server) protect(c *fiber.Ctx) error {
	s.armour(c)
	return c.Next()
}

// armour sets the headers of protect.
//
// The referrer stays within the site. With "no-referrer" browsers would send
// "Origin: null" with our own forms, which sameOrigin has to refuse in those
// that send no Sec-Fetch-Site.
func (s *Server) armour(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, policy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), geolocation=(), microphone=()")
	if s.HTTPS {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}

var crossOrigin = http.NewCrossOriginProtection()

// sameOrigin refuses what a page of another site makes a browser send. It
// needs no token, which could expire under a slow reader.
func (s *Server) sameOrigin(c *fiber.Ctx) error {
	r := http.Request{
		Method: c.Method(),
		Host:   string(c.Request().Host()),
		URL:    &url.URL{Path: c.Path()},
		Header: http.Header{"Origin": {c.Get("Origin")}, "Sec-Fetch-Site": {c.Get("Sec-Fetch-Site")}},
	}
	if err := crossOrigin.Check(&r); err != nil {
		return fiber.ErrForbidden
	}
	return c.Next()
}

// limitTime bounds how long the stores may keep a person waiting.
func (s *Server) limitTime(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), storeTime)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

// logRequest logs what was asked by route, not by URL: URLs carry secrets. It
// has errors shown before it logs, so that the status is the one that was sent.
func (s *Server) logRequest(c *fiber.Ctx) error {
	begun := time.Now()
	if err := c.Next(); err != nil {
		if err := s.showError(c, err); err != nil {
			return err
		}
	}
	s.Log.LogAttrs(c.UserContext(), slog.LevelInfo, "request",
		slog.String("method", c.Method()), slog.String("route", c.Route().Path),
		slog.Int("status", c.Response().StatusCode()), slog.Int64("ms", time.Since(begun).Milliseconds()))
	return nil
}

func (s *Server) alive(c *fiber.Ctx) error { return c.SendString("alive\n") }

// ready answers 503 while a store does not answer.
func (s *Server) ready(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), storeTime)
	defer cancel()
	if err := s.Join.Ready(ctx); err != nil {
		s.Log.Error("not ready", "err", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready\n")
	}
	return c.SendString("ready\n")
}
