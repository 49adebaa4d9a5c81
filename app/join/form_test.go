package join

import (
	"encoding/json"
	"slices"
	"testing"

	"joinery/app/form"
)

// reworked returns the definition that source is after edit.
func reworked(t *testing.T, source string, edit func(*form.Definition)) *form.Definition {
	t.Helper()
	d := new(form.Definition)
	fine(t, json.Unmarshal([]byte(source), d))
	edit(d)
	data, err := json.Marshal(d)
	fine(t, err)
	d, err = form.Parse(data)
	fine(t, err)
	return d
}

// take removes a question from d and returns it.
func take(d *form.Definition, key string) form.Field {
	f := *d.Field(key)
	for i := range d.Sections {
		s := &d.Sections[i]
		s.Fields = slices.DeleteFunc(s.Fields, func(f form.Field) bool { return f.Key == key })
	}
	return f
}

// put adds a question to a section of d.
func put(d *form.Definition, section string, f form.Field) {
	s, _ := d.Section(section)
	s.Fields = append(s.Fields, f)
}
