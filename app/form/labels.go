package form

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"joinery/app/i18n"
)

// OptionsIn returns the options of f in the order in which a reader of l expects
// them: as defined, or by l's alphabet where the definition says so.
func (f *Field) OptionsIn(l i18n.Lang) []Option { return f.optionsByLang[l] }

// Labels returns the answer to f in the words of l, one for each value.
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

// Suggested returns the words that are offered for free text, or none.
func (d *Definition) Suggested(f *Field, l i18n.Lang) []string {
	suggestions := make([]string, 0, len(d.Lists[f.Suggestions]))
	for _, o := range d.Lists[f.Suggestions] {
		suggestions = append(suggestions, o.Label.In(l))
	}
	return suggestions
}

// In returns the wording of c in l, as it is shown and recorded, with the name
// of the organization that asks.
func (c *Consent) In(l i18n.Lang, org i18n.Text) string {
	return strings.ReplaceAll(c.Wording.In(l), "{org}", org.In(l))
}

// orderOptions prepares the orders that In returns.
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

func lastRank(o Option) int {
	if o.Last {
		return 1
	}
	return 0
}
