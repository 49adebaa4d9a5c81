package form

import (
	"slices"
	"strings"

	"joinery/app/i18n"
)

// Labels returns the answer to f as it is shown in l: the labels of the chosen
// options in the order of OptionsIn, or the text as it is. A code that f does not
// offer has no label.
func (f *Field) Labels(l i18n.Lang, answers Answers) []string {
	if !f.Kind.Choice() {
		return answers[f.Key]
	}
	var labels []string
	for _, o := range f.OptionsIn(l) {
		if slices.Contains(answers[f.Key], o.Code) {
			labels = append(labels, o.Label.In(l))
		}
	}
	return labels
}

// InShort returns the question in a few words, where it stands beside its answer or in an
// error message: Short, or the label of a field without it.
func (f *Field) InShort() i18n.Text {
	if f.Short != nil {
		return f.Short
	}
	return f.Label
}

// Suggested returns the labels in l of the list that f suggests for free text.
// It is empty for a field without suggestions.
func (d *Definition) Suggested(f *Field, l i18n.Lang) []string {
	suggestions := make([]string, 0, len(d.Lists[f.Suggestions]))
	for _, o := range d.Lists[f.Suggestions] {
		suggestions = append(suggestions, o.Label.In(l))
	}
	return suggestions
}

// In returns the wording of c in l, as it is shown and recorded, with the name of
// the organization in the place of {org}.
func (c *Consent) In(l i18n.Lang, org i18n.Text) string {
	return strings.ReplaceAll(c.Wording.In(l), "{org}", org.In(l))
}
