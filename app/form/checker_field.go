package form

import (
	"fmt"
	"slices"

	"joinery/app/i18n"
)

func (c *checker) field(s *Section, i int) {
	f := &s.Fields[i]
	place := fmt.Sprintf("section %s, field %s", s.Key, f.Key)
	c.readable(place, f.unread)
	c.condition(place, f.When)
	c.adjacent(place, s, i)
	c.key(place, f.Key)
	if !slices.Contains(kinds, f.Kind) {
		c.fault(place, "unknown kind %q; there are %q", f.Kind, kinds)
	}
	c.text(place+": label", f.Label, true)
	c.text(place+": hint", f.Hint, false)
	c.text(place+": missing", f.Missing, f.Required)
	c.fieldOptions(place, f)
	c.role(place, f)
	if f.Max < 0 || f.Max > 10000 {
		c.fault(place, "max is %d; it can be 1 to 10000, or be left out", f.Max)
	}
}

func (c *checker) key(place, key string) {
	switch {
	case !keyPattern.MatchString(key):
		c.fault(place, "a key is 1 to 40 of a-z, 0-9 and _, beginning with a letter")
	case c.keys[key], slices.Contains(nameTokens, key):
		c.fault(place, "the key is taken already")
	}
	c.keys[key] = true
}

// text wants words in every language, or, where it is not needed, in none.
func (c *checker) text(place string, t i18n.Text, needed bool) {
	if gaps := t.Missing(); len(gaps) > 0 && (needed || len(gaps) < len(i18n.Languages)) {
		c.fault(place, "no words in %q", gaps)
	}
}

func (c *checker) fieldOptions(place string, f *Field) {
	if f.OptionsFrom != "" {
		if len(f.Options) > 0 {
			c.fault(place, "has both options and options_from")
		}
		f.Options = c.list(place+": options_from", f.OptionsFrom)
	}
	if f.Suggestions != "" {
		c.list(place+": suggestions_from", f.Suggestions)
		if f.Kind != Line {
			c.fault(place, "only a field of kind %q can have suggestions", Line)
		}
	}
	if f.Kind.Choice() != (len(f.Options) > 0) {
		c.fault(place, "options go with the kinds %q, %q and %q, and only with them", Radio, Select, Checkboxes)
	}
	c.options(place, f.Options)
	f.order()
}

func (c *checker) list(place, name string) []Option {
	list, ok := c.def.Lists[name]
	if !ok {
		c.fault(place, "there is no list %q", name)
	}
	return list
}

func (c *checker) options(place string, options []Option) {
	codes := make(map[string]bool, len(options))
	for i, o := range options {
		at := fmt.Sprintf("%s, option %d (%s)", place, i+1, o.Code)
		c.readable(at, o.unread)
		if !codePattern.MatchString(o.Code) {
			c.fault(at, "needs a code: 1 to 40 of A-Z, a-z, 0-9, _ and -, beginning with a letter or a digit")
		}
		if codes[o.Code] {
			c.fault(at, "the code is taken already")
		}
		codes[o.Code] = true
		c.text(at+": label", o.Label, true)
	}
}

// condition wants a choice that was defined before and codes that it offers.
func (c *checker) condition(place string, when *Condition) {
	if when == nil {
		return
	}
	on := c.def.Field(when.Field)
	switch {
	case !c.keys[when.Field] || on == nil:
		c.fault(place, "the condition rests on %q, which is no earlier field", when.Field)
	case !on.Kind.Choice():
		c.fault(place, "the condition rests on %q, which is no choice", when.Field)
	case len(when.In) == 0 || slices.ContainsFunc(when.In, on.unknown):
		c.fault(place, "the condition needs codes that %q offers, not %q", when.Field, when.In)
	}
}

// adjacent wants a conditional field right behind the one it depends on, save
// for others that do: that is where it appears while somebody answers.
func (c *checker) adjacent(place string, s *Section, i int) {
	when := s.Fields[i].When
	if when == nil {
		return
	}
	if _, here := s.Field(when.Field); !here {
		return // decided on an earlier page
	}
	for j := i - 1; j >= 0 && s.Fields[j].Key != when.Field; j-- {
		if !c.descends(s, j, when.Field) {
			c.fault(place, "must stand right behind %q, on which it depends", when.Field)
			return
		}
	}
}

// descends reports whether field j of s depends, directly or through fields
// before it, on the field with the given key.
func (c *checker) descends(s *Section, j int, key string) bool {
	when := s.Fields[j].When
	if when == nil || when.Field == key {
		return when != nil
	}
	on := slices.IndexFunc(s.Fields[:j], func(f Field) bool { return f.Key == when.Field })
	return on >= 0 && c.descends(s, on, key)
}

func (c *checker) role(place string, f *Field) {
	switch {
	case f.Role == "":
	case !f.Required || f.When != nil:
		c.fault(place, "a field with a role must be required and always asked")
	case f.Role == Address && f.Kind == Email && c.def.address == nil:
		c.def.address = f
	case f.Role == Language && f.Kind == Radio && c.def.language == nil && speaks(f.Options):
		c.def.language = f
	default:
		c.fault(place, "the role %q goes to one field: %q to one of kind %q, %q to one of kind %q with the options %q", f.Role, Address, Email, Language, Radio, i18n.Languages)
	}
}

// speaks reports whether options are the languages of the site.
func speaks(options []Option) bool {
	return len(options) == len(i18n.Languages) && !slices.ContainsFunc(options, func(o Option) bool {
		_, ok := i18n.Parse(o.Code)
		return !ok
	})
}

func (c *checker) consent(k *Consent) {
	place := "consent " + k.Key
	c.readable(place, k.unread)
	c.key(place, k.Key)
	if k.Version == "" {
		c.fault(place, "has no version")
	}
	c.text(place+": purpose", k.Purpose, true)
	c.text(place+": wording", k.Wording, true)
	c.text(place+": hint", k.Hint, false)
	c.text(place+": missing", k.Missing, k.Required)
}
