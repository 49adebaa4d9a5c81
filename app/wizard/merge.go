package wizard

import (
	"maps"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/token"
)

// merge returns a section of d as it will be with the submission in it.
func (w *Wizard) merge(d draft.Draft, sub Submission) draft.Section {
	typed, posted := d.Typed(w.Form), maps.Clone(sub.Answers)
	for _, key := range sub.KeepStored {
		posted[key] = typed[key]
	}
	before, version := d.Sections[sub.Section.Key], w.formVersion(sub.Snapshot)
	continued := sub.Mode == Continue && version == w.Form.Version
	if !continued {
		w.keepWithdrawnOptions(d, sub.Section, posted)
	}
	section := draft.Section{
		Answers: make(form.Answers), Invalid: make(form.Answers),
		Form: before.Form, InProgress: sub.Mode != Continue, Completed: before.Completed || sub.Mode == Continue, Refused: before.Refused,
	}
	if section.Form == "" || continued {
		section.Form = version
	}
	w.carryMoved(d, sub.Section, section)
	w.partition(d, sub.Section, w.Form.Merge(sub.Section, typed, posted), section)
	return section
}

// formVersion returns the version of the form that a page showed.
func (w *Wizard) formVersion(shown Snapshot) string {
	for version := range w.o.Former {
		if shown.Form == token.ShortID(version) {
			return version
		}
	}
	return w.Form.Version
}

// keepWithdrawnOptions adds to the posted answers what was chosen before and is
// no longer offered. It stays until the person has chosen again.
func (w *Wizard) keepWithdrawnOptions(d draft.Draft, section *form.Section, posted form.Answers) {
	typed := d.Typed(w.Form)
	for key := range w.Changes(d, section).Withdrawn {
		field, _ := section.Field(key)
		switch {
		case !posted.Given(key):
			posted[key] = typed[key]
		case field.Kind == form.Checkboxes:
			posted[key] = append(slices.Clone(posted[key]), withdrawnOptions(field, typed[key])...)
		}
	}
}

// withdrawnOptions returns those of codes that field does not offer.
func withdrawnOptions(field *form.Field, codes []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(code string) bool {
		return slices.ContainsFunc(field.Options, func(o form.Option) bool { return o.Code == code })
	})
}
