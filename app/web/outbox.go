package web

import (
	"encoding/base64"
	"errors"
	"net"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// The outbox shows mail that is not delivered, for development.

// localOnly refuses requests that do not come from a browser on this machine: from other
// addresses, through a proxy, and for another host. The page of a stranger can give its
// own host the address of this machine, and then reads all that the site answers.
func localOnly(c *fiber.Ctx) error {
	proxied := len(c.Request().Header.Peek(fiber.HeaderXForwardedFor)) > 0
	if proxied || !c.Context().RemoteIP().IsLoopback() || !isLoopback(string(c.Request().Host())) {
		return fiber.ErrNotFound
	}
	return c.Next()
}

// isLoopback reports whether a host, which may have a port, can only be this machine.
func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}

type outboxPage struct {
	page
	Letters []mail.StoredMail
}

func (s *Server) showOutbox(c *fiber.Ctx) error {
	letters, err := s.Outbox.List()
	if err != nil {
		return err
	}
	return s.render(c, "outbox", outboxPage{page: s.page(c, i18n.T(langOf(c), "outbox.title")), Letters: letters})
}

type letterPage struct {
	page
	Letter mail.StoredMail
}

func (s *Server) letter(c *fiber.Ctx) (mail.StoredMail, error) {
	letter, err := s.Outbox.Read(c.Params("id"))
	if errors.Is(err, mail.ErrNotFound) {
		return letter, fiber.ErrNotFound
	}
	return letter, err
}

func (s *Server) showLetter(c *fiber.Ctx) error {
	letter, err := s.letter(c)
	if err != nil {
		return err
	}
	return s.render(c, "outbox_letter", letterPage{page: s.page(c, letter.Subject+" – "+i18n.T(langOf(c), "outbox.title")), Letter: letter})
}

// letterPolicy allows the inline styles and the logo of a letter, a frame of the site
// around it, and links that open outside of the frame when they are clicked.
const letterPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; frame-ancestors 'self'; " +
	"sandbox allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox"

// showLetterHTML shows the HTML part of a letter as a mail program would.
func (s *Server) showLetterHTML(c *fiber.Ctx) error {
	letter, err := s.letter(c)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentSecurityPolicy, letterPolicy)
	c.Set(fiber.HeaderCacheControl, notKept)
	c.Type("html", "utf-8")
	shown := strings.NewReplacer("<head>", `<head><base target="_top">`, "cid:logo@letter", "data:image/png;base64,"+base64.StdEncoding.EncodeToString(letter.Logo))
	return c.SendString(shown.Replace(letter.HTML))
}
