package form

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// reserved are the paths beside those of the sections.
var reserved = []string{"check", "delete", "later", "phone", "sent"}

// nameTokens are what the pages themselves send and identify by these names, and the
// paths beside those of the fields. No field and no consent can have them.
var nameTokens = []string{
	"address", "again", "code", "do", "given", "main", "offline", "press", "questions", "save", "saving", "shown", "trouble", "version",
}

var (
	keyPattern  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$`)
)

// A checker collects the faults of a definition and, on its way, fills in what
// the definition leaves to be derived.
type checker struct {
	def    *Definition
	keys   map[string]bool // of fields and consents so far
	faults []error
}

func (c *checker) fault(place, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("form: %s: "+format, append([]any{place}, args...)...))
}

// readable reports what could not be read of the part at place, if anything.
func (c *checker) readable(place string, unread error) {
	if unread != nil {
		c.fault(place, "%w", unread)
	}
}

func (c *checker) definition() {
	if c.def.Version == "" {
		c.fault("version", "is missing")
	}
	if len(c.def.Sections) == 0 {
		c.fault("sections", "there are none")
	}
	for _, name := range slices.Sorted(maps.Keys(c.def.Lists)) {
		c.options("lists."+name, c.def.Lists[name])
	}
	seen := make(map[string]bool)
	for i := range c.def.Sections {
		s := &c.def.Sections[i]
		if seen[s.Key] || slices.Contains(reserved, s.Key) {
			c.fault("section "+s.Key, "the key is taken already")
		}
		seen[s.Key] = true
		c.section(s)
	}
	if c.def.address == nil || c.def.language == nil {
		c.fault("sections", "one field needs the role %q and one the role %q", Address, Language)
	}
	for i := range c.def.Consents {
		c.consent(&c.def.Consents[i])
	}
}

func (c *checker) section(s *Section) {
	place := "section " + s.Key
	c.readable(place, s.unread)
	if !keyPattern.MatchString(s.Key) {
		c.fault(place, "a key is 1 to 40 of a-z, 0-9 and _, beginning with a letter")
	}
	c.text(place+": title", s.Title, true)
	c.text(place+": intro", s.Intro, false)
	if len(s.Fields) == 0 {
		c.fault(place, "has no fields")
	}
	for i := range s.Fields {
		c.field(s, i)
	}
	if s.AnyOf != nil {
		c.anyOf(place+": any_of", s)
	}
}

func (c *checker) anyOf(place string, s *Section) {
	c.text(place+": missing", s.AnyOf.Missing, true)
	if len(s.AnyOf.Fields) == 0 {
		c.fault(place, "names no fields")
	}
	for _, key := range s.AnyOf.Fields {
		if _, ok := s.Field(key); !ok {
			c.fault(place, "%q is no field of this section", key)
		}
	}
	c.condition(place, s.AnyOf.When)
}
