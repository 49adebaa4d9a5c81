package form

import "slices"

// Answers hold the answers of one applicant by the key of the field. An answer
// is a list: of the single value, or of the codes that were chosen. A missing
// list, an empty list and a list of empty values all mean no answer.
type Answers map[string][]string

// Given reports whether the field with the given key has an answer.
func (a Answers) Given(key string) bool {
	return slices.ContainsFunc(a[key], func(v string) bool { return v != "" })
}

// First returns the first value of the field with the given key, or "".
func (a Answers) First(key string) string {
	if len(a[key]) == 0 {
		return ""
	}
	return a[key][0]
}

// Prune returns the answers that belong to an application: those that are given,
// to fields that are asked. The answers are those of every section. Validate
// finds the same problems in both.
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

// Merge returns the answers of s to save after posted. It takes the posted
// answer to a field that belongs and was on the page, and the saved answer to
// any other field, so that the answer comes back when its question does. Saved
// holds the saved answers of every section, s included; Merge changes neither.
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
		if d.OnPage(f, current) {
			source = current
		}
		if values, ok := source[f.Key]; ok {
			merged[f.Key] = values
		}
	}
	return merged
}
