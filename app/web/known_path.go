package web

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// A knownPath is the path of a page, by its parts. A part that begins with a colon is a
// parameter: a secret or a code, whose case counts.
type knownPath []string

// knownPaths returns the paths of all pages, in the order in which the site compares
// them. A section of a form is a page of its own.
func (s *Server) knownPaths() (known []knownPath) {
	for _, route := range s.app.GetRoutes(true) {
		if route.Method != fiber.MethodGet || strings.Contains(route.Path, "*") {
			continue
		}
		parts := pathParts(route.Path)
		last := len(parts) - 1
		if last < 0 || parts[last] != ":section" {
			known = append(known, parts)
			continue
		}
		for _, key := range s.sectionKeys("/" + strings.Join(parts[1:last], "/")) {
			known = append(known, append(slices.Clone(parts[:last]), key))
		}
	}
	return known
}

// sectionKeys returns the keys of the sections of the form that is mounted at base.
func (s *Server) sectionKeys(base string) (keys []string) {
	for _, m := range s.mounts {
		if m.base != base {
			continue
		}
		for _, section := range m.wizard.Form.Sections {
			keys = append(keys, section.Key)
		}
	}
	return keys
}

// pathParts returns the parts of a path between its slashes, without empty ones at its
// ends.
func pathParts(path string) knownPath {
	if path = strings.Trim(path, "/"); path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// redirectToKnownPath redirects from a path that a person has typed in capitals, or that
// a mail program has linked together with the end of a sentence, to the page that is
// meant. The target begins with a path of the site, so it is never another site.
func (s *Server) redirectToKnownPath(known func() []knownPath) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
			return c.Next()
		}
		path, ok := meantPath(known(), c.Path())
		if !ok || path == c.Path() {
			return c.Next()
		}
		if query := c.Request().URI().QueryString(); len(query) > 0 {
			path += "?" + string(query)
		}
		c.Set(fiber.HeaderCacheControl, notKept) // the path may contain a secret
		return c.Redirect(path, fiber.StatusMovedPermanently)
	}
}

// meantPath returns the first known path that a path, as it stands in a request, means,
// and whether there is one.
func meantPath(known []knownPath, path string) (string, bool) {
	raw := strings.Split(strings.TrimPrefix(path, "/"), "/")
	parts := make([]string, len(raw))
	for i, part := range raw {
		var err error
		if parts[i], err = url.PathUnescape(part); err != nil {
			return "", false
		}
		parts[i] = html.UnescapeString(parts[i])
	}
	for last := len(parts) - 1; last >= 0; last-- {
		if trimmed := strings.TrimRightFunc(parts[last], endsSentence); trimmed != parts[last] {
			parts[last], raw[last] = trimmed, url.PathEscape(trimmed)
		}
		if parts[last] != "" {
			break
		}
		parts = parts[:last]
	}
	if len(parts) > 0 {
		parts[0] = withoutRegion(parts[0])
	}
	for _, k := range known {
		if k.matches(parts) {
			return k.fill(raw), true
		}
	}
	return "", false
}

// withoutRegion returns the language in the tag of a language as people type it, such as
// fr-CA or fr_ca, and any other part as it is.
func withoutRegion(part string) string {
	language, region, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(part), "_", "-"), "-")
	if _, ok := i18n.Parse(language); ok && region == "ca" {
		return language
	}
	return part
}

// endsSentence reports whether r can stand behind a path in a text without being a part
// of it, also invisibly. A token can end with a hyphen or an underscore.
func endsSentence(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("<>`", r) || unicode.IsPunct(r) && r != '-' && r != '_'
}

// matches reports whether the parts of a path, in any case, are those of k.
func (k knownPath) matches(parts []string) bool {
	return slices.EqualFunc(k, parts, func(part, given string) bool {
		return strings.HasPrefix(part, ":") && given != "" || strings.EqualFold(part, given)
	})
}

// fill returns k with the parameters of a path that matches.
func (k knownPath) fill(raw []string) string {
	filled := slices.Clone(k)
	for i, part := range k {
		if strings.HasPrefix(part, ":") {
			filled[i] = raw[i]
		}
	}
	return "/" + strings.Join(filled, "/")
}
