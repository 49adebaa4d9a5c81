package wizard

import (
	"maps"

	"joinery/app/draft"
	"joinery/app/form"
)

// partition puts each answer into the right ones of a section or into its
// invalid ones. An answer to a question that is not on the page is not checked: it
// stays what it was.
func (w *Wizard) partition(d draft.Draft, from *form.Section, answers form.Answers, into draft.Section) {
	all, right := d.Typed(w.Form), d.Answers(w.Form)
	maps.Copy(all, answers)
	problems := w.Form.ValidatePage(from, all)
	for key, values := range answers {
		_, wrong := problems[key]
		if !w.Form.OnPage(w.Form.Field(key), all) {
			wrong = !right.Given(key)
		}
		if wrong && answers.Given(key) {
			into.Invalid[key] = values
		} else {
			into.Answers[key] = values
		}
	}
}
