package wizard

import (
	"joinery/app/draft"
	"joinery/app/form"
)

// carryMoved takes along the answers that stand in a section although another
// section asks for them now, as long as that one has not been saved.
func (w *Wizard) carryMoved(d draft.Draft, from *form.Section, into draft.Section) {
	before := d.Sections[from.Key]
	for i := range w.Form.Sections {
		other := &w.Form.Sections[i]
		own := d.Sections[other.Key].Typed()
		for _, field := range other.Fields {
			if _, saved := own[field.Key]; saved || other == from {
				continue
			}
			if values, ok := before.Answers[field.Key]; ok {
				into.Answers[field.Key] = values
			}
			if values, ok := before.Invalid[field.Key]; ok {
				into.Invalid[field.Key] = values
			}
		}
	}
}
