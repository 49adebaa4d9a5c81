package draft

import (
	"maps"
	"slices"

	"joinery/app/form"
)

// Answers returns what is right, by the key of the question. An answer comes
// along when its question has moved to another section of f: the section that
// asks it now has the first say, then the section saved last.
func (d Draft) Answers(f *form.Definition) form.Answers {
	return d.gather(f, func(all form.Answers, key string, _ []string) { delete(all, key) })
}

// Typed returns what was typed, right or not yet, like Answers.
func (d Draft) Typed(f *form.Definition) form.Answers {
	return d.gather(f, func(all form.Answers, key string, values []string) { all[key] = values })
}

func (d Draft) gather(f *form.Definition, rough func(all form.Answers, key string, values []string)) form.Answers {
	all := make(form.Answers)
	for _, s := range d.bySaveOrder() {
		maps.Copy(all, s.Answers)
		for key, values := range s.Invalid {
			rough(all, key, values)
		}
	}
	for i := range f.Sections {
		own := d.Sections[f.Sections[i].Key]
		for _, field := range f.Sections[i].Fields {
			if values, ok := own.Answers[field.Key]; ok {
				all[field.Key] = values
			}
			if values, ok := own.Invalid[field.Key]; ok {
				rough(all, field.Key, values)
			}
		}
	}
	return all
}

// bySaveOrder returns the sections, the one saved last at the end.
func (d Draft) bySaveOrder() []Section {
	return slices.SortedFunc(maps.Values(d.Sections), func(a, b Section) int { return int(a.Version - b.Version) })
}

// Typed returns what was typed into s, right or not yet.
func (s Section) Typed() form.Answers {
	all := make(form.Answers, len(s.Answers)+len(s.Invalid))
	maps.Copy(all, s.Answers)
	maps.Copy(all, s.Invalid)
	return all
}
