package journeytest

import (
	"encoding/json"
	"slices"
	"testing"

	"joinery/app/form"
)

// Questions is the source of a small form: two sections, a question that depends
// on another, a consent that is required and one that is not.
const Questions = `{
	"version": "1",
	"sections": [
		{"key": "one", "title": {"en": "One", "fr": "Un"}, "fields": [
			{"key": "mail", "kind": "email", "role": "address", "required": true,
				"label": {"en": "Address", "fr": "Adresse"}, "missing": {"en": "Give it", "fr": "Donnez-la"}},
			{"key": "lang", "kind": "radio", "role": "language", "required": true,
				"label": {"en": "Language", "fr": "Langue"}, "missing": {"en": "Choose", "fr": "Choisissez"},
				"options": [{"code": "en", "label": {"en": "E", "fr": "A"}}, {"code": "fr", "label": {"en": "F", "fr": "F"}}]}
		]},
		{"key": "two", "title": {"en": "Two", "fr": "Deux"}, "fields": [
			{"key": "pet", "kind": "select", "required": true,
				"label": {"en": "Pet", "fr": "Animal"}, "missing": {"en": "Choose", "fr": "Choisissez"},
				"options": [{"code": "cat", "label": {"en": "C", "fr": "C"}}, {"code": "none", "label": {"en": "N", "fr": "A"}}]},
			{"key": "petname", "kind": "text", "required": true, "when": {"field": "pet", "in": ["cat"]},
				"label": {"en": "Its name", "fr": "Son nom"}, "missing": {"en": "Name it", "fr": "Nommez-le"}}
		]}
	],
	"consents": [
		{"key": "keep", "version": "1", "required": true, "purpose": {"en": "keeping", "fr": "conservation"},
			"wording": {"en": "{org} may keep it", "fr": "{org} peut la garder"}, "missing": {"en": "Tick", "fr": "Cochez"}},
		{"key": "news", "version": "3", "purpose": {"en": "news", "fr": "nouvelles"}, "wording": {"en": "News", "fr": "Nouvelles"}}
	]
}`

// Parse returns the definition that source describes.
func Parse(t testing.TB, source string) *form.Definition {
	t.Helper()
	d, err := form.Parse([]byte(source))
	Must(t, err)
	return d
}

// Reworked returns the definition that source is after edit.
func Reworked(t testing.TB, source string, edit func(*form.Definition)) *form.Definition {
	t.Helper()
	d := new(form.Definition)
	Must(t, json.Unmarshal([]byte(source), d))
	edit(d)
	data, err := json.Marshal(d)
	Must(t, err)
	return Parse(t, string(data))
}

// ChangeForm changes the form of the journey to version 2, which edit makes of
// Questions. Version 1 is a former one from then on.
func (j *Journey) ChangeForm(t testing.TB, edit func(*form.Definition)) {
	t.Helper()
	j.Change(t, func(s *Setup) {
		s.Former = map[string]*form.Definition{"1": Parse(t, Questions)}
		s.Form = Reworked(t, Questions, func(d *form.Definition) { d.Version = "2"; edit(d) })
	})
}

// Take removes a question from d and returns it.
func Take(d *form.Definition, key string) form.Field {
	f := *d.Field(key)
	for i := range d.Sections {
		s := &d.Sections[i]
		s.Fields = slices.DeleteFunc(s.Fields, func(f form.Field) bool { return f.Key == key })
	}
	return f
}

// Put adds a question to a section of d.
func Put(d *form.Definition, section string, f form.Field) {
	s, _ := d.Section(section)
	s.Fields = append(s.Fields, f)
}
