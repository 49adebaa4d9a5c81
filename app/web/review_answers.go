package web

import (
	"context"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
)

// An answerGroup has the answers to one section.
type answerGroup struct {
	Title string
	Rows  []answerRow
}

// An answerRow is one question and its answer, in words.
type answerRow struct {
	Lang      i18n.Lang // of the page
	Label     string
	LabelLang i18n.Lang // the language of Label
	Values    []string  // empty: not provided
	Long      bool      // the value keeps its line breaks
	Advice    *advice   // nil: none
	ID        string    // of the row, or "" on a page where nothing can be changed
	Change    action    // asks to change the answer
	Focused   bool      // its button has the focus
}

// An adviser returns the advice about the answer to a question, or nil.
type adviser func(context.Context, i18n.Lang, *form.Field, string) *advice

// rowID returns the id of the row of a question on the review page.
func rowID(key string) string { return key + "-row" }

// addAnswers adds the answers, each with a button that changes it. Questions without an
// answer stand apart. The one with the key at has the focus; "": none has.
func (p *reviewPage) addAnswers(d *form.Definition, all form.Answers, advise adviser, at string) {
	for _, section := range d.SectionsAsked(all) {
		g := newAnswerGroup(p.Lang, d, section, all)
		given := answerGroup{Title: g.Title}
		for j, f := range askedFields(d, section, all) {
			r := g.Rows[j]
			r.ID, r.Change, r.Focused = rowID(f.Key), changeOf(section, f), f.Key == at
			r.Advice = advise(noWait, p.Lang, f, all.First(f.Key))
			p.FocusBelow = p.FocusBelow || r.Focused
			if len(r.Values) > 0 {
				given.Rows = append(given.Rows, r)
				continue
			}
			p.Blank, p.ShowBlank = append(p.Blank, r), p.ShowBlank || r.Focused
		}
		if len(given.Rows) > 0 {
			p.Groups = append(p.Groups, given)
		}
	}
}

// newAnswerGroup returns the answers to a section of d.
func newAnswerGroup(l i18n.Lang, d *form.Definition, section *form.Section, all form.Answers) answerGroup {
	g := answerGroup{Title: section.Title.In(l)}
	for _, f := range askedFields(d, section, all) {
		g.Rows = append(g.Rows, answerRow{Lang: l, Label: f.InShort().In(l), LabelLang: l, Values: f.Labels(l, all), Long: f.Kind == form.LongText})
	}
	return g
}

// askedFields returns the questions of a section that the form asks after the answers all.
func askedFields(d *form.Definition, section *form.Section, all form.Answers) (fields []*form.Field) {
	for i := range section.Fields {
		if f := &section.Fields[i]; d.Asked(f, all) {
			fields = append(fields, f)
		}
	}
	return fields
}

// droppedQuestions returns the labels of the questions that have an answer from an
// earlier form and that the present form does not ask.
func (s *Server) droppedQuestions(l i18n.Lang, d draft.Draft) []string {
	var labels []string
	for _, label := range s.Wizard.Dropped(d) {
		labels = append(labels, label.In(l))
	}
	slices.Sort(labels)
	return slices.Compact(labels)
}
