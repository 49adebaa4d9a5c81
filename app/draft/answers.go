package draft

import (
	"maps"
	"slices"

	"joinery/app/form"
)

// Answers returns the valid answers by the key of the question. When a question of f has
// moved to another section, its answer moves along: the section that asks the question
// now comes first, then the section that was saved last.
func (d Draft) Answers(f *form.Definition) form.Answers {
	return d.gather(f, func(all form.Answers, key string, _ []string) { delete(all, key) })
}

// Typed returns the answers as Answers does, with those that are not valid yet.
func (d Draft) Typed(f *form.Definition) form.Answers {
	return d.gather(f, func(all form.Answers, key string, values []string) { all[key] = values })
}

// gather returns the answers, and calls invalid for each answer that is not valid yet.
func (d Draft) gather(f *form.Definition, invalid func(all form.Answers, key string, values []string)) form.Answers {
	all := make(form.Answers)
	for _, s := range d.bySaveOrder() {
		maps.Copy(all, s.Answers)
		for key, values := range s.Invalid {
			invalid(all, key, values)
		}
	}
	for i := range f.Sections {
		own := d.Sections[f.Sections[i].Key]
		for _, field := range f.Sections[i].Fields {
			if values, ok := own.Answers[field.Key]; ok {
				all[field.Key] = values
			}
			if values, ok := own.Invalid[field.Key]; ok {
				invalid(all, field.Key, values)
			}
		}
	}
	return all
}

// bySaveOrder returns the sections in the order of their last saves.
func (d Draft) bySaveOrder() []Section {
	return slices.SortedFunc(maps.Values(d.Sections), func(a, b Section) int { return int(a.Version - b.Version) })
}

// Typed returns the answers in s, valid or not yet.
func (s Section) Typed() form.Answers {
	all := make(form.Answers, len(s.Answers)+len(s.Invalid))
	maps.Copy(all, s.Answers)
	maps.Copy(all, s.Invalid)
	return all
}
