package form

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// reservedSections are the keys that no section can have. Package web decides
// them: in its routes, each is a path beside those of the sections.
var reservedSections = []string{"check", "closed", "delete", "later", "leave", "phone", "receipt", "sent"}

// reservedKeys are the keys that no field and no consent can have. Package web
// decides them: its pages use them as names of form values, as ids of elements
// and as paths beside those of the fields.
var reservedKeys = []string{
	"address", "again", "code", "do", "given", "main", "page", "press", "questions", "save", "saving", "shown", "stamp", "trouble", "version", "website", "wrong",
}

var (
	keyPattern  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$`)
)

// A definitionChecker collects the faults of a definition. On its way it fills in
// what the rest of the package needs: the options of each field, their order, and
// the fields with a role.
type definitionChecker struct {
	def    *Definition
	keys   map[string]bool // keys of the fields and consents checked so far
	faults []error
}

// addFault adds a fault of the part at place, such as "section about".
func (c *definitionChecker) addFault(place, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("form: %s: "+format, append([]any{place}, args...)...))
}

// checkDecoded adds the error that json reported for the part at place, if any.
func (c *definitionChecker) checkDecoded(place string, err error) {
	if err != nil {
		c.addFault(place, "%w", err)
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
	c.checkCondition(place, s.When)
	c.checkText(place+": add", s.Add, false)
	if s.CanBeAdded() && s.When == nil {
		c.addFault(place, "has add, which goes with a condition")
	}
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
