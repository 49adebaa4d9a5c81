package form

import "slices"

// Asked reports whether f is asked of an applicant with these answers, which are
// those of every section. A field that depends on a field that is not asked is
// not asked either.
func (d *Definition) Asked(f *Field, answers Answers) bool {
	return d.isMet(f.When, answers)
}

// isMet reports whether c is met by the answers of every section. A nil c always
// is.
func (d *Definition) isMet(c *Condition, answers Answers) bool {
	if c == nil {
		return true
	}
	return d.Asked(d.Field(c.Field), answers) &&
		slices.ContainsFunc(answers[c.Field], func(code string) bool { return slices.Contains(c.In, code) })
}
