package form

import (
	"fmt"
	"slices"

	"joinery/app/i18n"
)

func (c *definitionChecker) checkField(s *Section, i int) {
	f := &s.Fields[i]
	f.section = s
	place := fmt.Sprintf("section %s, field %s", s.Key, f.Key)
	c.checkDecoded(place, f.decodeErr)
	c.checkCondition(place, f.When)
	c.checkPosition(place, s, i)
	c.checkKey(place, f.Key)
	if !slices.Contains(kinds, f.Kind) {
		c.addFault(place, "unknown kind %q; there are %q", f.Kind, kinds)
	}
	c.checkText(place+": label", f.Label, true)
	c.checkText(place+": short", f.Short, false)
	c.checkText(place+": hint", f.Hint, false)
	c.checkText(place+": missing", f.Missing, f.Required)
	c.resolveOptions(place, f)
	c.assignRole(place, f)
	if f.Max < 0 || f.Max > 10000 {
		c.addFault(place, "max is %d; it can be 1 to 10000, or be left out", f.Max)
	}
}

// checkKey checks the key of a field or a consent, which share one namespace.
func (c *definitionChecker) checkKey(place, key string) {
	switch {
	case !keyPattern.MatchString(key):
		c.addFault(place, "a key is 1 to 40 of a-z, 0-9 and _, beginning with a letter")
	case c.keys[key], slices.Contains(reservedKeys, key):
		c.addFault(place, "the key is taken already")
	}
	c.keys[key] = true
}

// checkText checks that t has a text in every language. A text that is not needed
// may be missing in all of them.
func (c *definitionChecker) checkText(place string, t i18n.Text, needed bool) {
	if gaps := t.Missing(); len(gaps) > 0 && (needed || len(gaps) < len(i18n.Languages)) {
		c.addFault(place, "no words in %q", gaps)
	}
}

// resolveOptions checks the options and suggestions of f, and takes the options
// from the list that OptionsFrom names.
func (c *definitionChecker) resolveOptions(place string, f *Field) {
	if f.OptionsFrom != "" {
		if len(f.Options) > 0 {
			c.addFault(place, "has both options and options_from")
		}
		f.Options = c.findList(place+": options_from", f.OptionsFrom)
	}
	if f.Suggestions != "" {
		c.findList(place+": suggestions_from", f.Suggestions)
		if f.Kind != Line {
			c.addFault(place, "only a field of kind %q can have suggestions", Line)
		}
	}
	if f.Kind.Choice() != (len(f.Options) > 0) {
		c.addFault(place, "options go with the kinds %q, %q and %q, and only with them", Radio, Select, Checkboxes)
	}
	c.checkOptions(place, f.Options)
	if f.Kind != Checkboxes && slices.ContainsFunc(f.Options, func(o Option) bool { return o.Exclusive }) {
		c.addFault(place, "only options of kind %q can be exclusive", Checkboxes)
	}
	c.checkFolding(place, f)
	f.orderOptions()
}

// checkFolding checks what f shows only when the applicant opens it.
func (c *definitionChecker) checkFolding(place string, f *Field) {
	if f.Folded && (f.Required || f.Kind != Radio && f.Kind != Checkboxes) {
		c.addFault(place, "only an optional field of kind %q or %q can be folded", Radio, Checkboxes)
	}
	if !slices.ContainsFunc(f.Options, isCommon) {
		return
	}
	if !f.Sorted || f.Kind != Radio && f.Kind != Checkboxes {
		c.addFault(place, "common options go with sorted fields of kind %q or %q", Radio, Checkboxes)
	}
	if n := f.Shown(); n > maxShown || n == len(f.Options) {
		c.addFault(place, "shows %d of %d options at first; exclusive and common ones can be %d at most, and not all", n, len(f.Options), maxShown)
	}
}

func (c *definitionChecker) findList(place, name string) []Option {
	list, ok := c.def.Lists[name]
	if !ok {
		c.addFault(place, "there is no list %q", name)
	}
	return list
}

func (c *definitionChecker) checkOptions(place string, options []Option) {
	codes := make(map[string]bool, len(options))
	for i, o := range options {
		optionPlace := fmt.Sprintf("%s, option %d (%s)", place, i+1, o.Code)
		c.checkDecoded(optionPlace, o.decodeErr)
		if !codePattern.MatchString(o.Code) {
			c.addFault(optionPlace, "needs a code: 1 to 40 of A-Z, a-z, 0-9, _ and -, beginning with a letter or a digit")
		}
		if codes[o.Code] {
			c.addFault(optionPlace, "the code is taken already")
		}
		codes[o.Code] = true
		c.checkText(optionPlace+": label", o.Label, true)
	}
}

// checkCondition checks that when depends on an earlier choice, and on codes that
// the choice offers.
func (c *definitionChecker) checkCondition(place string, when *Condition) {
	if when == nil {
		return
	}
	source := c.def.Field(when.Field)
	switch {
	case !c.keys[when.Field] || source == nil:
		c.addFault(place, "the condition rests on %q, which is no earlier field", when.Field)
	case !source.Kind.Choice():
		c.addFault(place, "the condition rests on %q, which is no choice", when.Field)
	case len(when.In) == 0 || slices.ContainsFunc(when.In, source.lacksOption):
		c.addFault(place, "the condition needs codes that %q offers, not %q", when.Field, when.In)
	}
}

// checkPosition checks that field i of s follows the field on which it depends,
// with nothing between them but other fields that depend on it: that is where
// the field appears while the applicant answers.
func (c *definitionChecker) checkPosition(place string, s *Section, i int) {
	when := s.Fields[i].When
	if when == nil {
		return
	}
	if _, here := s.Field(when.Field); !here {
		return // the condition depends on an earlier page
	}
	for j := i - 1; j >= 0 && s.Fields[j].Key != when.Field; j-- {
		if !c.dependsOn(s, j, when.Field) {
			c.addFault(place, "must stand right behind %q, on which it depends", when.Field)
			return
		}
	}
}

// dependsOn reports whether field j of s depends, directly or through fields
// before it, on the field with the given key.
func (c *definitionChecker) dependsOn(s *Section, j int, key string) bool {
	when := s.Fields[j].When
	if when == nil || when.Field == key {
		return when != nil
	}
	source := slices.IndexFunc(s.Fields[:j], func(f Field) bool { return f.Key == when.Field })
	return source >= 0 && c.dependsOn(s, source, key)
}

// assignRole checks that f can have its role and sets the field of that role.
func (c *definitionChecker) assignRole(place string, f *Field) {
	switch {
	case f.Role == "":
	case !f.Required || f.When != nil || f.section.When != nil:
		c.addFault(place, "a field with a role must be required and always asked")
	case f.Role == Address && f.Kind == Email && c.def.address == nil:
		c.def.address = f
	case f.Role == Language && f.Kind == Radio && c.def.language == nil && areSiteLanguages(f.Options):
		c.def.language = f
	default:
		c.addFault(place, "the role %q goes to one field: %q to one of kind %q, %q to one of kind %q with the options %q", f.Role, Address, Email, Language, Radio, i18n.Languages)
	}
}

// areSiteLanguages reports whether the codes of options are the languages of the
// site.
func areSiteLanguages(options []Option) bool {
	return len(options) == len(i18n.Languages) && !slices.ContainsFunc(options, func(o Option) bool {
		_, ok := i18n.Parse(o.Code)
		return !ok
	})
}

func (c *definitionChecker) checkConsent(k *Consent) {
	place := "consent " + k.Key
	c.checkDecoded(place, k.decodeErr)
	c.checkKey(place, k.Key)
	if k.Version == "" {
		c.addFault(place, "has no version")
	}
	c.checkText(place+": purpose", k.Purpose, true)
	c.checkText(place+": wording", k.Wording, true)
	c.checkText(place+": hint", k.Hint, false)
	c.checkText(place+": missing", k.Missing, k.Required)
}
