package form

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"joinery/app/address"
	"joinery/app/i18n"
)

// Problems are what is wrong with answers, by the key of the field.
type Problems map[string]i18n.Message

// Validate checks the answers to one section against its rules. All are the
// answers of every section, on which its conditions may rest. Fields that are
// not asked are not checked. It may be called with answers from anywhere.
func (d *Definition) Validate(s *Section, all Answers) Problems {
	problems := make(Problems)
	for i := range s.Fields {
		f := &s.Fields[i]
		if !d.Asked(f, all) {
			continue
		}
		if p, ok := f.problem(all); ok {
			problems[f.Key] = p
		}
	}
	if key, ok := d.noneOf(s, all); ok {
		problems[key] = missing(s.AnyOf.Missing)
	}
	return problems
}

// noneOf reports whether all break the rule AnyOf of s, and the key of the
// first field that could mend it.
func (d *Definition) noneOf(s *Section, all Answers) (key string, broken bool) {
	if s.AnyOf == nil || !d.holds(s.AnyOf.When, all) {
		return "", false
	}
	asked := slices.DeleteFunc(slices.Clone(s.AnyOf.Fields), func(key string) bool { return !d.Asked(d.Field(key), all) })
	if len(asked) == 0 || slices.ContainsFunc(asked, all.Given) {
		return "", false
	}
	return asked[0], true
}

// MissingConsents returns the required consents that are not among those given.
func (d *Definition) MissingConsents(given []string) Problems {
	problems := make(Problems)
	for i := range d.Consents {
		if c := &d.Consents[i]; c.Required && !slices.Contains(given, c.Key) {
			problems[c.Key] = missing(c.Missing)
		}
	}
	return problems
}

func missing(words i18n.Text) i18n.Message {
	return i18n.Message{Key: "problem.missing", Args: []any{words}}
}

// problem returns the first rule that the answer to f breaks and whether
// there is one.
func (f *Field) problem(all Answers) (i18n.Message, bool) {
	values := all[f.Key]
	switch {
	case !all.Given(f.Key):
		return missing(f.Missing), f.Required
	case f.Kind.Choice() && slices.ContainsFunc(values, f.unknown):
		return i18n.Message{Key: "problem.option", Args: []any{f.Label}}, true
	case f.Kind != Checkboxes && len(values) > 1:
		return i18n.Message{Key: "problem.single", Args: []any{f.Label}}, true
	case f.Kind.Choice():
		return i18n.Message{}, false
	}
	return f.textProblem(values[0])
}

func (f *Field) textProblem(text string) (i18n.Message, bool) {
	switch length := utf8.RuneCountInString(text); {
	case strings.ContainsFunc(text, unreadable), f.Kind != LongText && strings.Contains(text, "\n"):
		return i18n.Message{Key: "problem.unreadable", Args: []any{f.Label}}, true
	case length > f.Limit():
		return i18n.Message{Key: "problem.max", Args: []any{f.Label, f.Limit(), length}}, true
	case f.Name && !strings.ContainsFunc(text, unicode.IsLetter):
		return i18n.Message{Key: "problem.name", Args: []any{f.Label}}, true
	case f.Name && strings.ContainsAny(text, "<>@"):
		return i18n.Message{Key: "problem.name_signs", Args: []any{f.Label}}, true
	case f.Kind == Email && !address.Valid(text):
		return i18n.Message{Key: "problem.email"}, true
	}
	return i18n.Message{}, false
}

func (f *Field) unknown(code string) bool {
	return !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Code == code })
}

// unreadable reports whether r is no character of a text. Bytes that are no
// UTF-8 count as U+FFFD.
func unreadable(r rune) bool {
	return r == unicode.ReplacementChar || visible(r) < 0
}

// Limit returns how many characters f takes: its own maximum, or 200 on one
// line, 1,000 on several, and for an address the 254 of RFC 5321.
func (f *Field) Limit() int {
	switch {
	case f.Max > 0:
		return f.Max
	case f.Kind == LongText:
		return 1000
	case f.Kind == Email:
		return 254
	}
	return 200
}

// Optional reports whether somebody who answered all may leave every question
// of s open.
func (d *Definition) Optional(s *Section, all Answers) bool {
	for i := range s.Fields {
		if f := &s.Fields[i]; f.Required && d.Asked(f, all) {
			return false
		}
	}
	return s.AnyOf == nil || !d.holds(s.AnyOf.When, all)
}

// ValidateShown returns what Validate says, but for the conditional questions that were
// never on a page: nobody is told off for not answering those. All are answers
// as [Definition.Merge] keeps them.
func (d *Definition) ValidateShown(s *Section, all Answers) Problems {
	problems := d.Validate(s, all)
	for i := range s.Fields {
		if f := &s.Fields[i]; f.When != nil {
			if _, shown := all[f.Key]; !shown {
				delete(problems, f.Key)
			}
		}
	}
	return problems
}
