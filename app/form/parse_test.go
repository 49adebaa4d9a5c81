package form

import (
	"fmt"
	"strings"
	"testing"
)

// TestParseRefuses breaks the sample in one place at a time.
func TestParseRefuses(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           string
	}{
		{"no version", `"version": "1",
  "sections"`, `"sections"`, `version: is missing`},
		{"unknown member", `"lists": {`, `"tables": {}, "lists": {`, `definition: json: unknown field "tables"`},
		{"unknown member of a section", `"key": "ties",`, `"key": "ties", "hint": {},`, `section ties: json: unknown field "hint"`},
		{"unknown member of a field", `"max": 10`, `"maximum": 10`, `section ties, field story: json: unknown field "maximum"`},
		{"unknown member of an option", `{"code": "go",`, `{"code": "go", "first": true,`, `section ties, field clubs, option 2 (go): json: unknown field "first"`},
		{"unknown member of a list", `{"code": "zoo",`, `{"code": "zoo", "first": true,`, `lists.jobs, option 2 (zoo): json: unknown field "first"`},
		{"unknown member of a condition", `{"field": "clubs",`, `{"not": true, "field": "clubs",`, `section ties, field more: json: unknown field "not"`},
		{"unknown member of a consent", `{"key": "privacy",`, `{"key": "privacy", "ticked": true,`, `consent privacy: json: unknown field "ticked"`},
		{"number for text", `"key": "story"`, `"key": "story", "autocomplete": 1`, `section ties, field story: a JSON number cannot stand at "autocomplete"`},
		{"words without language", `{"en": "Town", "fr": "Ville"}`, `"Town"`, `section ties, field town: want words by language`},
		{"unknown language", `{"en": "Town", "fr": "Ville"}`, `{"en": "Town", "fr": "Ville", "de": "Ort"}`, `section ties, field town: the site does not speak "de"`},

		{"section twice", `"key": "ties"`, `"key": "work"`, `section work: the key is taken already`},
		{"section with a bad key", `"key": "ties"`, `"key": "My ties"`, `section My ties: a key is 1 to 40 of`},
		{"section without title", `{"en": "Ties", "fr": "Liens"}`, `{"en": "Ties"}`, `section ties: title: no words in ["fr"]`},
		{"half an introduction", `"title": {"en": "Ties"`, `"intro": {"fr": "Voici"}, "title": {"en": "Ties"`, `section ties: intro: no words in ["en"]`},

		{"section on a later choice", `"key": "work",`, `"key": "work", "when": {"field": "job", "in": ["zoo"]},`, `section work: the condition rests on "job", which is no earlier field`},
		{"section to add that is always asked", `"key": "ties",`, `"key": "ties", "add": {"en": "Add", "fr": "Ajouter"},`, `section ties: has add, which goes with a condition`},
		{"section to add, half in words", `"key": "ties",`, `"key": "ties", "add": {"en": "Add"},`, `section ties: add: no words in ["fr"]`},

		{"field twice in a section", `"key": "story"`, `"key": "town"`, `section ties, field town: the key is taken already`},
		{"field twice in two sections", `"key": "story"`, `"key": "name"`, `section ties, field name: the key is taken already`},
		{"field with a bad key", `"key": "story"`, `"key": "1st"`, `section ties, field 1st: a key is 1 to 40 of`},
		{"field without key", `"key": "story", `, ``, `section ties, field : a key is 1 to 40 of`},
		{"unknown kind", `"kind": "long_text"`, `"kind": "date"`, `section ties, field story: unknown kind "date"`},
		{"label missing in a language", `{"en": "Story", "fr": "Récit"}`, `{"en": "Story", "fr": " "}`, `section ties, field story: label: no words in ["fr"]`},
		{"half a hint", `"key": "story"`, `"key": "story", "hint": {"en": "Be brief"}`, `section ties, field story: hint: no words in ["fr"]`},
		{"required without words for it", `"key": "story"`, `"key": "story", "required": true`, `section ties, field story: missing: no words in ["en" "fr"]`},
		{"negative maximum", `"max": 10`, `"max": -1`, `section ties, field story: max is -1`},
		{"maximum that is no number Go can hold", `"max": 10`, `"max": 1e999`, `section ties, field story: a JSON number 1e999 cannot stand at "max"`},
		{"maximum above 10,000", `"max": 10`, `"max": 10001`, `section ties, field story: max is 10001`},

		{"choice without options", `"kind": "long_text"`, `"kind": "radio"`, `section ties, field story: options go with`},
		{"text with options", `"key": "story"`, `"key": "story", "options_from": "jobs"`, `section ties, field story: options go with`},
		{"options twice", `"options_from": "jobs"`, `"options_from": "jobs", "options": [{"code": "a", "label": {"en": "A", "fr": "A"}}]`, `section work, field job: has both options and options_from`},
		{"options from a list that is not there", `"options_from": "jobs"`, `"options_from": "work"`, `section work, field job: options_from: there is no list "work"`},
		{"suggestions from a list that is not there", `"suggestions_from": "towns"`, `"suggestions_from": "cities"`, `section ties, field town: suggestions_from: there is no list "cities"`},
		{"suggestions for a choice", `"options_from": "jobs"`, `"options_from": "jobs", "suggestions_from": "towns"`, `section work, field job: only a field of kind "text" can have suggestions`},
		{"option without code", `{"code": "go", `, `{`, `section ties, field clubs, option 2 (): needs a code`},
		{"option with a bad code", `{"code": "go", `, `{"code": "go home", `, `section ties, field clubs, option 2 (go home): needs a code`},
		{"option twice", `{"code": "go", `, `{"code": "chess", `, `section ties, field clubs, option 2 (chess): the code is taken already`},
		{"option without words", `{"en": "Go", "fr": "Go"}`, `{"fr": "Go"}`, `section ties, field clubs, option 2 (go): label: no words in ["en"]`},
		{"listed option without words", `{"en": "Zoo", "fr": "Zoo"}`, `{"fr": "Zoo"}`, `lists.jobs, option 2 (zoo): label: no words in ["en"]`},

		{"condition on nothing", `{"field": "clubs", "in": ["other"]}`, `{"in": ["other"]}`, `section ties, field more: the condition rests on "", which is no earlier field`},
		{"condition on itself", `{"field": "clubs", "in": ["other"]}`, `{"field": "more", "in": ["art"]}`, `section ties, field more: the condition rests on "more", which is no earlier field`},
		{"condition on a later field", `{"field": "job", "in": ["other"]}`, `{"field": "clubs", "in": ["go"]}`, `section work, field job_other: the condition rests on "clubs", which is no earlier field`},
		{"condition on free text", `{"field": "clubs", "in": ["other"]}`, `{"field": "name", "in": ["other"]}`, `section ties, field more: the condition rests on "name", which is no choice`},
		{"condition on an unknown code", `{"field": "clubs", "in": ["other"]}`, `{"field": "clubs", "in": ["bridge"]}`, `section ties, field more: the condition needs codes that "clubs" offers`},
		{"condition on no code", `{"field": "clubs", "in": ["other"]}`, `{"field": "clubs", "in": []}`, `section ties, field more: the condition needs codes that "clubs" offers`},
		{"condition on a field that is not right before it", `{"key": "story", "kind": "long_text", "max": 10,`,
			`{"key": "between", "kind": "text", "label": {"en": "B", "fr": "B"}}, {"key": "story", "kind": "text", "when": {"field": "clubs", "in": ["go"]},`,
			`section ties, field story: must stand right behind "clubs"`},

		{"folded text", `"key": "story"`, `"key": "story", "folded": true`, `section ties, field story: only an optional field of kind "radio" or "checkboxes" can be folded`},
		{"common options that are not sorted", `{"code": "go",`, `{"code": "go", "common": true,`, `section ties, field clubs: common options go with sorted fields`},

		{"any of nothing", `["town", "clubs"]`, `[]`, `section ties: any_of: names no fields`},
		{"any of the fields of another section", `["town", "clubs"]`, `["town", "name"]`, `section ties: any_of: "name" is no field of this section`},
		{"any of, without words", `"missing": {"en": "Give one", "fr": "Donnez-en un"}`, `"missing": {}`, `section ties: any_of: missing: no words in ["en" "fr"]`},
		{"any of, on an unknown code", `["nurse", "student"]`, `["king"]`, `section ties: any_of: the condition needs codes that "job" offers`},

		{"no address", `"role": "address", `, ``, `sections: one field needs the role "address"`},
		{"no language", `"role": "language", `, ``, `sections: one field needs the role "address" and one the role "language"`},
		{"unknown role", `"key": "story"`, `"key": "story", "role": "shoes"`, `section ties, field story: a field with a role must be required`},
		{"address of another kind", `"kind": "email"`, `"kind": "text"`, `section you, field email: the role "address" goes to one field`},
		{"address not required", `"role": "address", "required": true`, `"role": "address"`, `section you, field email: a field with a role must be required`},
		{"language not of the site", `{"code": "fr", "label": {"en": "French"`, `{"code": "de", "label": {"en": "French"`, `section you, field language: the role "language" goes to one field`},

		{"consent with the key of a field", `{"key": "privacy"`, `{"key": "name"`, `consent name: the key is taken already`},
		{"consent without version", `"version": "1", "purpose"`, `"purpose"`, `consent privacy: has no version`},
		{"consent without purpose", `{"en": "Keep", "fr": "Garder"}`, `{}`, `consent privacy: purpose: no words`},
		{"consent without wording", `{"en": "{org} may.", "fr": "{org} peut."}`, `{"en": "x"}`, `consent privacy: wording: no words in ["fr"]`},
		{"consent required without words for it", `"missing": {"en": "Tick it", "fr": "Cochez"}`, `"missing": {}`, `consent privacy: missing: no words`},

		{"surplus comma", `"lists": {`, `, "lists": {`, `line 42: invalid character ','`},
		{"text after the definition", `"lists": {`, `"lists": {}} {`, `line 42: invalid character '{' after top-level value`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			broken := strings.Replace(sample, tt.old, tt.new, 1)
			if broken == sample {
				t.Fatalf("the sample does not have %q", tt.old)
			}
			d, err := Parse([]byte(broken))
			if err == nil || !strings.Contains(err.Error(), "form: "+tt.want) || d != nil {
				t.Errorf("Parse says %v, want %q", err, tt.want)
			}
		})
	}
}

// TestParseRefusesReservedKeys gives parts of the sample the keys that belong to
// the pages.
func TestParseRefusesReservedKeys(t *testing.T) {
	const sections = "check delete later phone receipt sent"
	const fields = "address code do given main press questions save shown stamp version website"
	tests := []struct{ name, key, place, taken, free string }{
		{"section", "ties", "section %s", sections, fields},
		{"field", "story", "section ties, field %s", fields, sections},
		{"consent", "privacy", "consent %s", fields, sections},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rename := func(key string) error {
				_, err := Parse([]byte(strings.Replace(sample, `"key": "`+tt.key+`"`, `"key": "`+key+`"`, 1)))
				return err
			}
			for _, key := range strings.Fields(tt.taken) {
				if err, want := rename(key), fmt.Sprintf("form: "+tt.place+": the key is taken already", key); err == nil || err.Error() != want {
					t.Errorf("Parse says %v, want %q", err, want)
				}
			}
			for _, key := range strings.Fields(tt.free) {
				if err := rename(key); err != nil {
					t.Errorf("Parse says %v of a key that is not reserved there", err)
				}
			}
		})
	}
}

func TestParseRefusesWhatIsNoDefinition(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"nothing", ``, "line 1: unexpected end"},
		{"null", `null`, "sections: there are none"},
		{"empty", `{}`, "sections: there are none"},
		{"a list", `[]`, "a JSON array cannot stand"},
		{"cut off", "{\n\"version\":\n", "line 3: unexpected end"},
		{"a section of nothing", `{"sections": [null]}`, "section : has no fields"},
		{"a field of text", `{"sections": [{"key": "you", "fields": ["name"]}]}`, "section you, field : a JSON string cannot stand"},
		{"fields of text", `{"sections": [{"key": "you", "fields": "name"}]}`, `section you: a JSON string cannot stand at "fields"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Parse([]byte(tt.data)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse(%q) says %v, want %q", tt.data, err, tt.want)
			}
		})
	}
}

func TestParseReportsEveryFault(t *testing.T) {
	broken := strings.NewReplacer(
		`"max": 5`, `"maxx": 5`,
		`"kind": "long_text"`, `"kind": "date"`,
		`{"en": "Town", "fr": "Ville"}`, `{"en": "Town", "de": "Ort"}`,
		`{"code": "zoo", "label": {"en": "Zoo", "fr": "Zoo"}}`, `{"cod": "zoo", "label": {"en": "Zoo"}}`,
		`{"field": "clubs", "in": ["other"]}`, `{"field": "bridge", "in": ["other"]}`,
		`"Cochez"`, `""`,
	).Replace(sample)
	_, err := Parse([]byte(broken))
	if err == nil {
		t.Fatal("Parse takes it")
	}
	for _, want := range []string{
		`section you, field name: json: unknown field "maxx"`,
		`section ties, field story: unknown kind "date"`,
		`section ties, field town: the site does not speak "de"`,
		`section ties, field town: label: no words`,
		`lists.jobs, option 2 (): json: unknown field "cod"`,
		`lists.jobs, option 2 (): needs a code`,
		`lists.jobs, option 2 (): label: no words in ["fr"]`,
		`section ties, field more: the condition rests on "bridge"`,
		`consent privacy: missing: no words in ["fr"]`,
	} {
		if !strings.Contains(err.Error(), "form: "+want) {
			t.Errorf("Parse does not say %q, but:\n%v", want, err)
		}
	}
}
