package form

import (
	"slices"

	"joinery/app/i18n"
)

// Changes are what differs in a section for somebody who answered under an
// older version of the form.
type Changes struct {
	New       []string               // keys of questions that the old version did not ask them
	Reworded  []string               // keys of questions with another label, hint or kind now
	Withdrawn map[string][]i18n.Text // by key: what was chosen and is no longer offered, in the old words
	Dropped   []i18n.Text            // labels of questions that were answered and are no longer asked anywhere
}

// NeedsReview reports whether any of c must be looked at before the answers can
// be sent.
func (c Changes) NeedsReview() bool { return len(c.New)+len(c.Reworded)+len(c.Withdrawn) > 0 }

// Changes compares section s of d with what old asked in whichever section,
// for somebody who gave these answers, of every section. It leaves out what d
// does not ask of them. If old is nil, nothing has changed.
//
// The answers may hold codes that are no longer offered. A question may even
// be no choice any more: then a code in Lost stands where its text should.
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

// Dropped returns the labels of the questions that were answered in any
// section of old and that d does not ask anywhere. If old is nil, there are
// none.
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

// askedField returns the field with the given key if it is asked of somebody who
// answered all, or they have answered it, and nil otherwise.
func (d *Definition) askedField(key string, answers Answers) *Field {
	f := d.Field(key)
	if f == nil || !d.Asked(f, answers) && !answers.Given(key) {
		return nil
	}
	return f
}

// compare notes how f differs from what it was before, or nil if it was not asked.
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

// withdrawnOptions returns the words of the codes in answer that were offered before and
// that f does not offer.
func (f *Field) withdrawnOptions(before *Field, answer []string) []i18n.Text {
	var labels []i18n.Text
	for _, o := range before.Options {
		if slices.Contains(answer, o.Code) && f.lacksOption(o.Code) {
			labels = append(labels, o.Label)
		}
	}
	return labels
}

// sameInEveryLanguage reports whether a and b say the sameInEveryLanguage in every language.
func sameInEveryLanguage(a, b i18n.Text) bool {
	return !slices.ContainsFunc(i18n.Languages, func(l i18n.Lang) bool { return a.In(l) != b.In(l) })
}
