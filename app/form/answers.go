package form

import "slices"

// Answers are what a person answered, by the key of the field. An answer is a
// list: of one value, or of the codes that were chosen. No list, an empty list
// and a list of nothing but empty values all mean that nothing was answered.
type Answers map[string][]string

// Given reports whether anything was answered to the field with the given key.
func (a Answers) Given(key string) bool {
	return slices.ContainsFunc(a[key], func(v string) bool { return v != "" })
}

// First returns the single value of a field, or "".
func (a Answers) First(key string) string {
	if len(a[key]) == 0 {
		return ""
	}
	return a[key][0]
}

// Asked reports whether f is asked of somebody who answered all. A field whose
// condition rests on a field that is not asked is not asked either.
func (d *Definition) Asked(f *Field, answers Answers) bool {
	return d.isMet(f.When, answers)
}

func (d *Definition) isMet(c *Condition, answers Answers) bool {
	if c == nil {
		return true
	}
	return d.Asked(d.Field(c.Field), answers) &&
		slices.ContainsFunc(answers[c.Field], func(code string) bool { return slices.Contains(c.In, code) })
}

// Prune returns those of all that belong to an application: the given answers
// to questions that are asked. Validate says the same of both.
func (d *Definition) Prune(answers Answers) Answers {
	pruned := make(Answers)
	for _, s := range d.Sections {
		for i := range s.Fields {
			f := &s.Fields[i]
			if answers.Given(f.Key) && d.Asked(f, answers) {
				pruned[f.Key] = slices.Clone(answers[f.Key])
			}
		}
	}
	return pruned
}

// Merge returns what to keep of a section once posted has been answered:
// posted where the question is asked and was on the page, and otherwise what
// was kept before, so that an answer comes back with its question. All are the
// answers of the other sections and of this one before.
func (d *Definition) Merge(s *Section, saved, posted Answers) Answers {
	current := make(Answers, len(saved)+len(posted))
	for key, values := range saved {
		current[key] = values
	}
	for key, values := range posted {
		current[key] = values
	}
	merged := make(Answers, len(s.Fields))
	for i := range s.Fields {
		f, source := &s.Fields[i], saved
		if d.Asked(f, current) {
			source = current
		}
		if values, ok := source[f.Key]; ok {
			merged[f.Key] = values
		}
	}
	return merged
}
