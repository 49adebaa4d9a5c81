package draft

import (
	"maps"
	"slices"

	"joinery/app/form"
)

// gather returns the answers, and calls invalid for each answer that is not valid yet. The
// answer to a question that f asks in another section than before stands where it was
// given: the section that asks now comes first, then the section that was saved last.
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
