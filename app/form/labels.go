package form

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"joinery/app/i18n"
)

// OptionsIn returns the options of f in the order in which they are shown in l:
// as defined or, if Sorted is set, by the alphabet of l with those marked Last at
// the end. The caller must not change them.
func (f *Field) OptionsIn(l i18n.Lang) []Option { return f.optionsByLang[l] }

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

// orderOptions prepares what OptionsIn returns.
func (f *Field) orderOptions() {
	f.optionsByLang = make(map[i18n.Lang][]Option, len(i18n.Languages))
	for _, l := range i18n.Languages {
		options := slices.Clone(f.Options)
		if f.Sorted {
			alphabet := collate.New(language.Make(l.Tag()))
			slices.SortStableFunc(options, func(a, b Option) int {
				if a.Last || b.Last {
					return lastRank(a) - lastRank(b)
				}
				return alphabet.CompareString(a.Label.In(l), b.Label.In(l))
			})
		}
		f.optionsByLang[l] = options
	}
}

// lastRank sorts options marked Last behind the others.
func lastRank(o Option) int {
	if o.Last {
		return 1
	}
	return 0
}
