package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
)

const secFetchSite = "Sec-Fetch-Site"

var crossOrigin = http.NewCrossOriginProtection()

// sameOrigin refuses a request that a page of another site makes a browser send. It
// needs no token, which could expire before a slow reader posts the form.
func (s *Server) sameOrigin(c *fiber.Ctx) error {
	r := http.Request{Method: c.Method(), Header: http.Header{secFetchSite: {s.siteOfRequest(c)}}}
	if err := crossOrigin.Check(&r); err != nil {
		return fiber.ErrForbidden
	}
	return c.Next()
}

// siteOfRequest returns the Sec-Fetch-Site of a request. Older browsers send only Origin;
// then siteOfRequest returns what a newer browser would send, or "" if neither is there.
func (s *Server) siteOfRequest(c *fiber.Ctx) string {
	site, origin := c.Get(secFetchSite), c.Get(fiber.HeaderOrigin)
	switch {
	case site != "" || origin == "":
		return site
	case s.isOwnOrigin(origin, string(c.Request().Host())):
		return "same-origin"
	}
	return "cross-site"
}

// isOwnOrigin reports whether an origin is that of the site: the public address of the
// site, or the host of the request. Not every proxy passes on the host. On a site with
// https, http is another origin: anybody on the way can write its pages.
func (s *Server) isOwnOrigin(origin, host string) bool {
	o, err := url.Parse(origin)
	if err != nil || o.Host == "" || s.HTTPS && o.Scheme != "https" {
		return false
	}
	own := plainHost(o.Scheme, o.Host)
	if own == plainHost(o.Scheme, host) {
		return true
	}
	base, err := url.Parse(s.BaseURL)
	return err == nil && o.Scheme == base.Scheme && own == plainHost(base.Scheme, base.Host)
}

// defaultPorts are the ports that browsers omit.
var defaultPorts = map[string]string{"http": ":80", "https": ":443"}

// plainHost returns a host, which may have a port, in the form in which equal hosts are
// equal texts.
func plainHost(scheme, host string) string {
	return strings.TrimSuffix(strings.ToLower(host), defaultPorts[scheme])
}
