package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/assets"
)

// script is the name of the one script, and scripts are the files that it is
// made of: one file is one request.
const script = "joinery.js"

var scripts = []string{"static/htmx-4.0.1.min.js", "static/joinery.js"}

// sheets are the files with styles: for every page, and for one without
// JavaScript that is loaded again every now and then. The first one begins with
// the colours of the organization.
func (o Options) sheets() []assets.Sheet {
	return []assets.Sheet{{Name: "joinery.css", Before: o.Brand.Palette.CSS()}, {Name: "noscript.css"}}
}

// loadStatic reads what is served with digests: the script, the files of the
// brand, and the styles that stand in the pages.
func (s *Server) loadStatic() (err error) {
	s.assets = assets.NewStore(s.Files, s.Reload)
	if err := s.assets.AddBundle(script, scripts...); err != nil {
		return err
	}
	for _, f := range s.Brand.Files {
		s.assets.Add(f.Name, f.Body)
	}
	s.styles, err = assets.NewStyles(s.Files, s.Reload, s.sheets()...)
	return err
}

// assetURL returns where a file of the brand is served.
func (s *Server) assetURL(name string) string {
	url, _ := s.assets.URL(name) // the brand always has the pictures that pages name
	return url
}

// serveStatic answers with the file at the path of the request.
func (s *Server) serveStatic(c *fiber.Ctx) error {
	file, err := s.assets.Find(c.Path())
	if errors.Is(err, assets.ErrNotFound) {
		return fiber.ErrNotFound
	}
	if err != nil {
		return err
	}
	accepts := func(encoding string) bool { return c.AcceptsEncodings(encoding) == encoding }
	r := file.Respond(accepts, c.Get(fiber.HeaderIfNoneMatch))
	for name := range r.Header {
		c.Set(name, r.Header.Get(name))
	}
	return c.Status(r.Status).Send(r.Body)
}
