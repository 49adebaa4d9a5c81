package form

import "slices"

// SectionsAsked returns the sections that are asked of an applicant with these answers, in
// order. A section with a condition is asked if the condition is met or, when applicants
// can add the section, if one of its questions has an answer: one of those of its AnyOf rule,
// if it has that rule. Whatever counts the steps,
// shows, checks or sends answers follows this function.
func (d *Definition) SectionsAsked(answers Answers) []*Section {
	var asked []*Section
	for i := range d.Sections {
		if s := &d.Sections[i]; d.asksSection(s, answers) {
			asked = append(asked, s)
		}
	}
	return asked
}

func (d *Definition) asksSection(s *Section, answers Answers) bool {
	return d.isMet(s.When, answers) || s.CanBeAdded() && d.answered(s, answers)
}

// CanBeAdded reports whether an applicant of whom s is not asked can add it.
func (s *Section) CanBeAdded() bool { return len(s.Add) > 0 }

// answered reports whether a question of s has an answer for which s was added. One that
// another answer has taken from the page does not count.
func (d *Definition) answered(s *Section, answers Answers) bool {
	if s.AnyOf != nil {
		return slices.ContainsFunc(s.AnyOf.Fields, func(key string) bool {
			f := d.Field(key)
			return answers.Given(key) && (d.OnPage(f, answers) || !answers.Given(f.When.Field))
		})
	}
	return slices.ContainsFunc(s.Fields, func(f Field) bool { return answers.Given(f.Key) })
}

// Asked reports whether f is asked of an applicant with these answers, which are
// those of every section. A field is not asked if its section is not, or the field on
// which it depends.
func (d *Definition) Asked(f *Field, answers Answers) bool {
	return d.asksSection(f.section, answers) && d.OnPage(f, answers)
}

// OnPage reports whether the page of its section has f, where the applicant has come to
// that page, after these answers, which are those of every section.
func (d *Definition) OnPage(f *Field, answers Answers) bool {
	if f.When == nil {
		return true
	}
	if source := d.Field(f.When.Field); source.section == f.section {
		return d.OnPage(source, answers) && f.When.chosen(answers)
	}
	return d.isMet(f.When, answers)
}

// isMet reports whether c is met by the answers of every section. A nil c always
// is.
func (d *Definition) isMet(c *Condition, answers Answers) bool {
	return c == nil || d.Asked(d.Field(c.Field), answers) && c.chosen(answers)
}

// chosen reports whether an answer has one of the codes of c.
func (c *Condition) chosen(answers Answers) bool {
	return slices.ContainsFunc(answers[c.Field], func(code string) bool { return slices.Contains(c.In, code) })
}
