package wizard

import (
	"maps"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
)

// Preview says what Save would say of the answers to a section, and saves
// nothing: a page can show the questions that an answer raises, and whether an
// answer is mended. It returns the answers of all sections and the problems.
func (w *Wizard) Preview(p Progress, section *form.Section, answers form.Answers) (form.Answers, form.Problems) {
	all := p.Draft.Typed(w.Form)
	maps.Copy(all, w.Form.Merge(section, all, answers))
	return all, w.Form.Validate(section, all)
}

// validate says what is wrong with d once it has this section.
func (w *Wizard) validate(d draft.Draft, section draft.Section, sub Submission) SaveResult {
	result := SaveResult{Answers: d.Typed(w.Form)}
	maps.Copy(result.Answers, section.Typed())
	result.Problems = w.Form.Validate(sub.Section, result.Answers)
	result.FormChanged = w.formVersion(sub.Snapshot) != w.Form.Version
	for i := range sub.Section.Fields {
		field := &sub.Section.Fields[i]
		if field.When != nil && w.Form.Asked(field, result.Answers) && !slices.Contains(sub.Shown, field.Key) {
			result.MoreQuestions = true
			delete(result.Problems, field.Key)
		}
	}
	return result
}
