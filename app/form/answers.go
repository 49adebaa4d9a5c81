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
func (d *Definition) Asked(f *Field, all Answers) bool {
	return d.holds(f.When, all)
}

func (d *Definition) holds(c *Condition, all Answers) bool {
	if c == nil {
		return true
	}
	return d.Asked(d.Field(c.Field), all) &&
		slices.ContainsFunc(all[c.Field], func(code string) bool { return slices.Contains(c.In, code) })
}

// Prune returns those of all that belong to an application: the given answers
// to questions that are asked. Validate says the same of both.
func (d *Definition) Prune(all Answers) Answers {
	kept := make(Answers)
	for _, s := range d.Sections {
		for i := range s.Fields {
			f := &s.Fields[i]
			if all.Given(f.Key) && d.Asked(f, all) {
				kept[f.Key] = slices.Clone(all[f.Key])
			}
		}
	}
	return kept
}

// Merge returns what to keep of a section once posted has been answered:
// posted where the question is asked and was on the page, and otherwise what
// was kept before, so that an answer comes back with its question. All are the
// answers of the other sections and of this one before.
func (d *Definition) Merge(s *Section, all, posted Answers) Answers {
	now := make(Answers, len(all)+len(posted))
	for key, values := range all {
		now[key] = values
	}
	for key, values := range posted {
		now[key] = values
	}
	merged := make(Answers, len(s.Fields))
	for i := range s.Fields {
		f, from := &s.Fields[i], all
		if d.Asked(f, now) {
			from = now
		}
		if values, ok := from[f.Key]; ok {
			merged[f.Key] = values
		}
	}
	return merged
}
