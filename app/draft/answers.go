package draft

import (
	"maps"

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

// Typed returns the answers in s, valid or not yet.
func (s Section) Typed() form.Answers {
	all := make(form.Answers, len(s.Answers)+len(s.Invalid))
	maps.Copy(all, s.Answers)
	maps.Copy(all, s.Invalid)
	return all
}
