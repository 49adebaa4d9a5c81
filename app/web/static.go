package web

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/assets"
)

// scriptName is the name of the script of the pages, and scriptParts are the files that
// it joins, so a page needs one request. Pages that need nothing of htmx load buttonName
// alone, for their buttons.
const (
	scriptName = "joinery.js"
	buttonName = "buttons.js"
)

var scriptParts = []string{
	"static/htmx-4.0.1.min.js", "static/joinery.js", "static/press.js", "static/saving.js", "static/summary.js",
}

// sheets returns the style sheet of every page, which begins with the colours of the
// organization.
func (o Options) sheets() []assets.Sheet {
	return []assets.Sheet{{Name: "joinery.css", Prefix: o.Brand.CSS()}}
}

// loadStatic reads the script, the fonts, the files of the brand and the styles.
func (s *Server) loadStatic() (err error) {
	s.assets = assets.NewStore(s.Files, s.Reload)
	if err := s.assets.AddBundle(scriptName, scriptParts...); err != nil {
		return err
	}
	if err := s.assets.AddBundle(buttonName, "static/press.js"); err != nil {
		return err
	}
	if err := s.assets.AddMatching("static/*.woff2"); err != nil {
		return err
	}
	for _, f := range s.Brand.Files {
		s.assets.Add(f.Name, f.Body)
	}
	s.styles, err = assets.NewStyles(s.Files, s.Reload, s.assets, s.sheets()...)
	return err
}

// assetURL returns the URL of a file of the brand.
func (s *Server) assetURL(name string) string {
	url, _ := s.assets.URL(name) // a brand always has the files to which pages link
	return url
}

// serveStatic sends the file at the path of the request.
func (s *Server) serveStatic(c *fiber.Ctx) error {
	file, err := s.assets.Find(c.Path())
	if errors.Is(err, assets.ErrNotFound) {
		return fiber.ErrNotFound
	}
	if err != nil {
		return err
	}
	r := file.Respond(headerList(c, fiber.HeaderAcceptEncoding), headerList(c, fiber.HeaderIfNoneMatch))
	for name := range r.Header {
		c.Set(name, r.Header.Get(name))
	}
	return c.Status(r.Status).Send(r.Body)
}

// headerList returns all lines of a request header as one list.
func headerList(c *fiber.Ctx, name string) string {
	var lines []string
	for _, line := range c.Request().Header.PeekAll(name) {
		lines = append(lines, string(line))
	}
	return strings.Join(lines, ",")
}
