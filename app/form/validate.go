package form

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"joinery/app/i18n"
)

// Problems are the error messages about answers or consents, by their key.
type Problems map[string]i18n.Message

// Validate checks the answers to the fields of s and returns at most one problem
// for each. The answers are those of every section, on which conditions depend.
// Fields that are not asked are not checked. The answers need not come from Read:
// any are safe.
func (d *Definition) Validate(s *Section, answers Answers) Problems {
	if !d.asksSection(s, answers) {
		return Problems{}
	}
	return d.ValidatePage(s, answers)
}

// ValidatePage does what Validate does as if s were asked: an answer can be right or
// wrong though it is not sent.
func (d *Definition) ValidatePage(s *Section, answers Answers) Problems {
	problems := make(Problems)
	for i := range s.Fields {
		f := &s.Fields[i]
		if !d.OnPage(f, answers) {
			continue
		}
		if p, ok := f.problem(answers); ok {
			problems[f.Key] = p
		}
	}
	if key, ok := d.unmetAnyOf(s, answers); ok {
		problems[key] = missingMessage(s.AnyOf.Missing)
	}
	return problems
}

// unmetAnyOf reports whether answers break the AnyOf rule of s. The key is that
// of the first field whose answer would satisfy the rule.
func (d *Definition) unmetAnyOf(s *Section, answers Answers) (key string, broken bool) {
	if s.AnyOf == nil || !d.isMet(s.AnyOf.When, answers) {
		return "", false
	}
	asked := slices.DeleteFunc(slices.Clone(s.AnyOf.Fields), func(key string) bool { return !d.OnPage(d.Field(key), answers) })
	if len(asked) == 0 || slices.ContainsFunc(asked, answers.Given) {
		return "", false
	}
	return asked[0], true
}

// MissingConsents returns a problem for each required consent whose key is not
// in given.
func (d *Definition) MissingConsents(given []string) Problems {
	problems := make(Problems)
	for i := range d.Consents {
		if c := &d.Consents[i]; c.Required && !slices.Contains(given, c.Key) {
			problems[c.Key] = missingMessage(c.Missing)
		}
	}
	return problems
}

func missingMessage(text i18n.Text) i18n.Message {
	return i18n.Message{Key: "problem.missing", Args: []any{text}}
}

// problem returns the error message for the first rule that the answer to f
// breaks, and whether there is one.
func (f *Field) problem(answers Answers) (i18n.Message, bool) {
	values := answers[f.Key]
	switch {
	case !answers.Given(f.Key):
		return missingMessage(f.Missing), f.Required
	case f.Kind.Choice() && slices.ContainsFunc(values, f.lacksOption):
		return i18n.Message{Key: "problem.option", Args: []any{f.InShort()}}, true
	case f.Kind != Checkboxes && len(values) > 1:
		return i18n.Message{Key: "problem.single", Args: []any{f.InShort()}}, true
	case f.Kind.Choice():
		return f.exclusiveProblem(values)
	}
	return f.textProblem(values[0])
}

// exclusiveProblem is problem for an exclusive option that was chosen with others.
func (f *Field) exclusiveProblem(values []string) (i18n.Message, bool) {
	i := slices.IndexFunc(f.Options, func(o Option) bool { return o.Exclusive && slices.Contains(values, o.Code) })
	if i < 0 || len(values) == 1 {
		return i18n.Message{}, false
	}
	return i18n.Message{Key: "problem.exclusive", Args: []any{f.Options[i].Label}}, true
}

// textProblem is problem for the text of a field that is not a choice.
func (f *Field) textProblem(text string) (i18n.Message, bool) {
	switch length := Length(text); {
	case strings.ContainsFunc(text, isUnreadable), f.Kind != LongText && strings.Contains(text, "\n"):
		return i18n.Message{Key: "problem.unreadable", Args: []any{f.InShort()}}, true
	case length > f.Limit():
		return i18n.Message{Key: "problem.max", Args: []any{f.InShort(), f.Limit(), length}}, true
	case f.Name && !strings.ContainsFunc(text, unicode.IsLetter):
		return i18n.Message{Key: "problem.name", Args: []any{f.InShort()}}, true
	case f.Name && strings.ContainsAny(text, "<>@"):
		return i18n.Message{Key: "problem.name_signs", Args: []any{f.InShort()}}, true
	case f.Kind == Email:
		return EmailProblem(text)
	}
	return i18n.Message{}, false
}

// lacksOption reports whether f does not offer code.
func (f *Field) lacksOption(code string) bool {
	return !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Code == code })
}

// isUnreadable reports whether r must not stand in a text: a character that Read
// removes, or U+FFFD, which stands for bytes that are not UTF-8.
func isUnreadable(r rune) bool {
	return r == unicode.ReplacementChar || keepVisible(r) < 0
}

// Length returns the number of characters in text as a limit counts them: a letter
// counts the same whether its accent was typed with it or after it.
func Length(text string) int { return utf8.RuneCountInString(norm.NFC.String(text)) }

// Limit returns the maximum length of an answer to f in characters: Max or, if
// Max is 0, 200 for one line, 1,000 for several lines, and 254 for an email
// address (RFC 5321).
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

// Optional reports whether an applicant with these answers, which are those of
// every section, may leave every field of s without an answer, as they may if s is not
// asked.
func (d *Definition) Optional(s *Section, answers Answers) bool {
	if !d.asksSection(s, answers) {
		return true
	}
	for i := range s.Fields {
		if f := &s.Fields[i]; f.Required && d.Asked(f, answers) {
			return false
		}
	}
	return s.AnyOf == nil || !d.isMet(s.AnyOf.When, answers)
}

// ValidateShown is Validate without the problems of conditional fields that the
// applicant has never seen: those without an entry in answers, which are as
// [Definition.Merge] returns them.
func (d *Definition) ValidateShown(s *Section, answers Answers) Problems {
	problems := d.Validate(s, answers)
	for i := range s.Fields {
		if f := &s.Fields[i]; f.When != nil {
			if _, shown := answers[f.Key]; !shown {
				delete(problems, f.Key)
			}
		}
	}
	return problems
}
