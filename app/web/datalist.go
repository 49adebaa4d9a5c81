package web

import (
	"joinery/app/form"
	"joinery/app/i18n"
)

// A datalist is words that are suggested in a field.
type datalist struct {
	ID    string
	Words []string
}

func datalistID(f *form.Field) string { return f.Suggestions + "-list" }

// datalists returns all that a form suggests. It stands once in a document of
// the form, and not in what htmx puts in its place: it is longer than most of
// that.
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
