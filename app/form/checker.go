package form

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// reservedSections are the paths beside those of the sections.
var reservedSections = []string{"check", "delete", "later", "phone", "sent"}

// reservedKeys are what the pages themselves send and identify by these names, and the
// paths beside those of the fields. No field and no consent can have them.
var reservedKeys = []string{
	"address", "again", "code", "do", "given", "main", "offline", "press", "questions", "save", "saving", "shown", "trouble", "version",
}

var (
	keyPattern  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$`)
)

// A definitionChecker collects the faults of a definition and, on its way, fills in what
// the definition leaves to be derived.
type definitionChecker struct {
	def    *Definition
	keys   map[string]bool // of fields and consents so far
	faults []error
}

func (c *definitionChecker) addFault(place, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("form: %s: "+format, append([]any{place}, args...)...))
}

// checkDecoded reports what could not be read of the part at place, if anything.
func (c *definitionChecker) checkDecoded(place string, unread error) {
	if unread != nil {
		c.addFault(place, "%w", unread)
	}
}

func (c *definitionChecker) checkDefinition() {
	if c.def.Version == "" {
		c.addFault("version", "is missing")
	}
	if len(c.def.Sections) == 0 {
		c.addFault("sections", "there are none")
	}
	for _, name := range slices.Sorted(maps.Keys(c.def.Lists)) {
		c.checkOptions("lists."+name, c.def.Lists[name])
	}
	seen := make(map[string]bool)
	for i := range c.def.Sections {
		s := &c.def.Sections[i]
		if seen[s.Key] || slices.Contains(reservedSections, s.Key) {
			c.addFault("section "+s.Key, "the key is taken already")
		}
		seen[s.Key] = true
		c.checkSection(s)
	}
	if c.def.address == nil || c.def.language == nil {
		c.addFault("sections", "one field needs the role %q and one the role %q", Address, Language)
	}
	for i := range c.def.Consents {
		c.checkConsent(&c.def.Consents[i])
	}
}

func (c *definitionChecker) checkSection(s *Section) {
	place := "section " + s.Key
	c.checkDecoded(place, s.decodeErr)
	if !keyPattern.MatchString(s.Key) {
		c.addFault(place, "a key is 1 to 40 of a-z, 0-9 and _, beginning with a letter")
	}
	c.checkText(place+": title", s.Title, true)
	c.checkText(place+": intro", s.Intro, false)
	if len(s.Fields) == 0 {
		c.addFault(place, "has no fields")
	}
	for i := range s.Fields {
		c.checkField(s, i)
	}
	if s.AnyOf != nil {
		c.checkAnyOf(place+": any_of", s)
	}
}

func (c *definitionChecker) checkAnyOf(place string, s *Section) {
	c.checkText(place+": missing", s.AnyOf.Missing, true)
	if len(s.AnyOf.Fields) == 0 {
		c.addFault(place, "names no fields")
	}
	for _, key := range s.AnyOf.Fields {
		if _, ok := s.Field(key); !ok {
			c.addFault(place, "%q is no field of this section", key)
		}
	}
	c.checkCondition(place, s.AnyOf.When)
}
