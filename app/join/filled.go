package join

import (
	"maps"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/token"
)

// sectionOf returns the section as it will be with what was sectionOf in.
func (s *Service) sectionOf(d draft.Draft, f Submission) draft.Section {
	typed, posted := d.Typed(s.Form), maps.Clone(f.Answers)
	for _, key := range f.KeepStored {
		posted[key] = typed[key]
	}
	before, under := d.Sections[f.Section.Key], s.formVersion(f.Snapshot)
	continued := f.Mode == Continue && under == s.Form.Version
	if !continued {
		s.keepWithdrawnOptions(d, f.Section, posted)
	}
	section := draft.Section{
		Answers: make(form.Answers), Invalid: make(form.Answers),
		Form: before.Form, InProgress: f.Mode != Continue, Completed: before.Completed || f.Mode == Continue,
	}
	if section.Form == "" || continued {
		section.Form = under
	}
	s.carryMoved(d, f.Section, section)
	s.partition(d, f.Section, s.Form.Merge(f.Section, typed, posted), section)
	return section
}

// formVersion returns the version of the form that a page showed.
func (s *Service) formVersion(seen Snapshot) string {
	for version := range s.Former {
		if seen.Form == token.ShortID(version) {
			return version
		}
	}
	return s.Form.Version
}

// keepWithdrawnOptions keeps, until somebody has chosen again, what they had chosen and is no
// longer offered.
func (s *Service) keepWithdrawnOptions(d draft.Draft, section *form.Section, posted form.Answers) {
	typed := d.Typed(s.Form)
	for key := range s.Changes(d, section).Lost {
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

// partition puts each of the answers of from to those of into that are right or to
// those that are not. Nobody checks an answer to what is not asked: it stays
// what it was.
func (s *Service) partition(d draft.Draft, from *form.Section, answers form.Answers, into draft.Section) {
	all, right := d.Typed(s.Form), d.Answers(s.Form)
	maps.Copy(all, answers)
	problems := s.Form.Validate(from, all)
	for key, values := range answers {
		_, wrong := problems[key]
		if !s.Form.Asked(s.Form.Field(key), all) {
			wrong = !right.Given(key)
		}
		if wrong && answers.Given(key) {
			into.Invalid[key] = values
		} else {
			into.Answers[key] = values
		}
	}
}

// carryMoved takes along what stands in a section only because another asks it now,
// and has not been saved yet.
func (s *Service) carryMoved(d draft.Draft, from *form.Section, into draft.Section) {
	before := d.Sections[from.Key]
	for i := range s.Form.Sections {
		other := &s.Form.Sections[i]
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
