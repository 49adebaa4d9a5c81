package wizard

import "joinery/app/form"

// ConsentsSection is the section of a draft that keeps its consents.
const ConsentsSection = consentsSection

// Changed reports whether the answer to the ith question of section is not as the
// page showed it.
func (s Snapshot) Changed(section *form.Section, i int, all form.Answers) bool {
	return s.changed(section, i, all)
}
