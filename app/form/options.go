package form

import (
	"slices"
	"strings"

	"joinery/app/i18n"
)

// OptionsIn returns the options of f in the order in which they are shown in l:
// as defined or, if Sorted is set, the exclusive ones, the common ones, the others and
// those marked Last, each of them by the alphabet of l. Of languages, l is the first. The
// caller must not change them.
func (f *Field) OptionsIn(l i18n.Lang) []Option { return f.optionsByLang[l] }

// Shown returns how many of the options in OptionsIn are shown at first: all, or the
// exclusive and the common ones.
func (f *Field) Shown() int {
	shown := 0
	for _, o := range f.Options {
		if o.rank() < otherRank {
			shown++
		}
	}
	if !slices.ContainsFunc(f.Options, isCommon) {
		return len(f.Options)
	}
	return shown
}

// maxShown is how many options of a list with common ones can be shown at first.
const maxShown = 8

func isCommon(o Option) bool { return o.Common }

// orderOptions prepares what OptionsIn returns.
func (f *Field) orderOptions() {
	f.optionsByLang = make(map[i18n.Lang][]Option, len(i18n.Languages))
	for _, l := range i18n.Languages {
		options := slices.Clone(f.Options)
		if f.Sorted {
			slices.SortStableFunc(options, func(a, b Option) int {
				if a.rank() != b.rank() || a.Last {
					return a.rank() - b.rank()
				}
				return compareLabels(a.Label.In(l), b.Label.In(l))
			})
		}
		if f.Role == Language {
			slices.SortStableFunc(options, func(a, b Option) int { return strings.Compare(a.foreign(l), b.foreign(l)) })
		}
		f.optionsByLang[l] = options
	}
}

// foreign returns the code of o, or "" if that is l.
func (o Option) foreign(l i18n.Lang) string { return strings.TrimPrefix(o.Code, string(l)) }

// The ranks of options in a sorted list.
const (
	exclusiveRank = iota
	commonRank
	otherRank
	lastRank
)

func (o Option) rank() int {
	switch {
	case o.Exclusive:
		return exclusiveRank
	case o.Common:
		return commonRank
	case o.Last:
		return lastRank
	}
	return otherRank
}
