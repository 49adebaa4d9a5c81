package web

import (
	"joinery/app/form"
	"joinery/app/i18n"
)

// A datalist is a list of words that a field suggests.
type datalist struct {
	ID    string
	Words []string
}

func datalistID(f *form.Field) string { return f.Suggestions + "-list" }

// datalists returns all lists of a form. A whole page holds them once; a fragment for
// htmx omits them, because they are longer than most fragments.
func datalists(f *form.Definition, l i18n.Lang) (lists []datalist) {
	known := make(map[string]bool)
	for _, section := range f.Sections {
		for i := range section.Fields {
			if field := &section.Fields[i]; field.Suggestions != "" && !known[field.Suggestions] {
				known[field.Suggestions] = true
				lists = append(lists, datalist{datalistID(field), f.Suggested(field, l)})
			}
		}
	}
	return lists
}
