package form

import (
	"slices"

	"joinery/app/i18n"
)

// OptionsIn returns the options of f in the order in which they are shown in l:
// as defined or, if Sorted is set, by the alphabet of l with those marked Last at
// the end. The caller must not change them.
func (f *Field) OptionsIn(l i18n.Lang) []Option { return f.optionsByLang[l] }

// orderOptions prepares what OptionsIn returns.
func (f *Field) orderOptions() {
	f.optionsByLang = make(map[i18n.Lang][]Option, len(i18n.Languages))
	for _, l := range i18n.Languages {
		options := slices.Clone(f.Options)
		if f.Sorted {
			slices.SortStableFunc(options, func(a, b Option) int {
				if a.Last || b.Last {
					return lastRank(a) - lastRank(b)
				}
				return compareLabels(a.Label.In(l), b.Label.In(l))
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
