package web

import (
	"joinery/app/form"
	"joinery/app/i18n"
)

// A list is words that are suggested in a field.
type list struct {
	ID    string
	Words []string
}

func listID(f *form.Field) string { return f.Suggestions + "-list" }

// suggested returns all that a form suggests. It stands once in a document of
// the form, and not in what htmx puts in its place: it is longer than most of
// that.
func suggested(f *form.Definition, l i18n.Lang) (lists []list) {
	known := make(map[string]bool)
	for _, section := range f.Sections {
		for i := range section.Fields {
			if field := &section.Fields[i]; field.Suggestions != "" && !known[field.Suggestions] {
				known[field.Suggestions] = true
				lists = append(lists, list{listID(field), f.Suggested(field, l)})
			}
		}
	}
	return lists
}
