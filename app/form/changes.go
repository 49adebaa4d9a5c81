package form

import (
	"slices"

	"joinery/app/i18n"
)

// Changes are the differences in a section between the current definition and
// the older one under which an applicant answered.
type Changes struct {
	New       []string               // keys of fields that the older definition did not ask
	Reworded  []string               // keys of fields whose label, hint or kind is another now
	Withdrawn map[string][]i18n.Text // by key: the old labels of chosen options that are no longer offered
	Dropped   []i18n.Text            // old labels of fields that have an answer and are in no section any more
}

// NeedsReview reports whether the applicant must look at the section again before
// sending. Dropped fields alone need no review.
func (c Changes) NeedsReview() bool { return len(c.New)+len(c.Reworded)+len(c.Withdrawn) > 0 }

// Changes compares the fields of s, a section of d, with the fields of the same
// keys in any section of old. The answers are those of every section; fields that
// d does not ask of this applicant are left out. If old is nil, nothing has
// changed.
//
// The answers may hold codes that are no longer offered. A field may even have
// become free text: then its answer is still a code of old, and Withdrawn has the
// label.
func (d *Definition) Changes(s *Section, old *Definition, answers Answers) Changes {
	if old == nil {
		return Changes{}
	}
	c := Changes{Withdrawn: make(map[string][]i18n.Text)}
	for i := range s.Fields {
		if f := &s.Fields[i]; d.Asked(f, answers) {
			c.compare(f, old.askedField(f.Key, answers), answers[f.Key])
		}
	}
	if before, ok := old.Section(s.Key); ok {
		c.Dropped = d.droppedFrom(before, old, answers)
	}
	return c
}

// Dropped returns the labels of the fields of old that have an answer, in any
// section, and that d does not have. If old is nil, there are none.
func (d *Definition) Dropped(old *Definition, answers Answers) []i18n.Text {
	var labels []i18n.Text
	if old == nil {
		return nil
	}
	for i := range old.Sections {
		labels = append(labels, d.droppedFrom(&old.Sections[i], old, answers)...)
	}
	return labels
}

// droppedFrom is Dropped for one section of old.
func (d *Definition) droppedFrom(before *Section, old *Definition, answers Answers) []i18n.Text {
	var labels []i18n.Text
	for i := range before.Fields {
		f := &before.Fields[i]
		if d.Field(f.Key) == nil && answers.Given(f.Key) && old.Asked(f, answers) {
			labels = append(labels, f.Label)
		}
	}
	return labels
}

// askedField returns the field with the given key if it is asked of an applicant
// with these answers, or has an answer, and nil otherwise.
func (d *Definition) askedField(key string, answers Answers) *Field {
	f := d.Field(key)
	if f == nil || !d.Asked(f, answers) && !answers.Given(key) {
		return nil
	}
	return f
}

// compare adds the differences between f and before, which is nil if the older
// definition did not ask the field.
func (c *Changes) compare(f, before *Field, answer []string) {
	if before == nil {
		c.New = append(c.New, f.Key)
		return
	}
	if f.Kind != before.Kind || !sameInEveryLanguage(f.Label, before.Label) || !sameInEveryLanguage(f.Hint, before.Hint) {
		c.Reworded = append(c.Reworded, f.Key)
	}
	if labels := f.withdrawnOptions(before, answer); len(labels) > 0 {
		c.Withdrawn[f.Key] = labels
	}
}

// withdrawnOptions returns the labels of the options of before that were chosen
// and that f does not offer.
func (f *Field) withdrawnOptions(before *Field, answer []string) []i18n.Text {
	var labels []i18n.Text
	for _, o := range before.Options {
		if slices.Contains(answer, o.Code) && f.lacksOption(o.Code) {
			labels = append(labels, o.Label)
		}
	}
	return labels
}

// sameInEveryLanguage reports whether a and b are equal in every language. A
// missing text equals an empty one.
func sameInEveryLanguage(a, b i18n.Text) bool {
	return !slices.ContainsFunc(i18n.Languages, func(l i18n.Lang) bool { return a.In(l) != b.In(l) })
}
