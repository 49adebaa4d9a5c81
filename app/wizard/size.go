package wizard

import (
	"maps"
	"slices"

	"joinery/app/form"
)

// sectionOverhead is more than a section of a draft has in a store besides its answers:
// versions, names, marks and the seal.
const sectionOverhead = 500

// maxDraftBytes returns how many bytes a draft can have that was filled in under any of
// the definitions, or began under one and went on under another.
func maxDraftBytes(definitions []*form.Definition) int {
	sections := map[string]map[string]int{consentsSection: {}}
	for _, d := range definitions {
		for _, section := range d.Sections {
			if sections[section.Key] == nil {
				sections[section.Key] = make(map[string]int)
			}
			for _, f := range section.Fields {
				sections[section.Key][f.Key] = max(sections[section.Key][f.Key], f.MaxBytes())
			}
		}
		for _, c := range d.Consents {
			sections[consentsSection][c.Key] = len(c.Key)
		}
	}
	size := 0
	for _, fields := range sections {
		size += sectionOverhead
		for _, bytes := range fields {
			size += bytes
		}
	}
	return size
}

// keepable returns the submission with what is kept of its answers, and the keys of the
// questions of which that is not all.
func (w *Wizard) keepable(sub Submission) (Submission, []string) {
	var cut []string
	answers := maps.Clone(sub.Answers)
	for key, values := range answers {
		field := w.Form.Field(key)
		if field == nil {
			continue
		}
		kept, all := field.Keep(values)
		if !all {
			answers[key], cut = kept, append(cut, key)
		}
	}
	sub.Answers = answers
	return sub, slices.Sorted(slices.Values(cut))
}
