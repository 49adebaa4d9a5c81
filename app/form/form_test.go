package form

import (
	"slices"
	"testing"

	"joinery/app/i18n"
)

// sample is a form with every kind of question and every rule.
const sample = `{
  "version": "1",
  "sections": [
    {
      "key": "you",
      "title": {"en": "You", "fr": "Vous"},
      "fields": [
        {"key": "name", "kind": "text", "name": true, "max": 5, "required": true, "missing": {"en": "Enter a name", "fr": "Entrez un nom"}, "label": {"en": "Name", "fr": "Nom"}},
        {"key": "email", "kind": "email", "role": "address", "required": true, "missing": {"en": "Enter an address", "fr": "Entrez une adresse"}, "label": {"en": "Email", "fr": "Courriel"}},
        {"key": "language", "kind": "radio", "role": "language", "required": true, "missing": {"en": "Select one", "fr": "Choisissez"}, "label": {"en": "Language", "fr": "Langue"},
         "options": [{"code": "en", "label": {"en": "English", "fr": "Anglais"}}, {"code": "fr", "label": {"en": "French", "fr": "Français"}}]}
      ]
    },
    {
      "key": "work",
      "title": {"en": "Work", "fr": "Travail"},
      "fields": [
        {"key": "job", "kind": "select", "options_from": "jobs", "sorted": true, "label": {"en": "Job", "fr": "Emploi"}},
        {"key": "job_other", "kind": "text", "when": {"field": "job", "in": ["other"]}, "required": true, "missing": {"en": "Enter it", "fr": "Entrez-le"}, "label": {"en": "Which", "fr": "Lequel"}},
        {"key": "union", "kind": "radio", "when": {"field": "job", "in": ["nurse", "zoo"]}, "required": true, "missing": {"en": "Select one", "fr": "Choisissez"}, "label": {"en": "In a union", "fr": "Au syndicat"},
         "options": [{"code": "yes", "label": {"en": "Yes", "fr": "Oui"}}, {"code": "no", "label": {"en": "No", "fr": "Non"}}]},
        {"key": "local", "kind": "text", "when": {"field": "union", "in": ["yes"]}, "required": true, "missing": {"en": "Enter it", "fr": "Entrez-le"}, "label": {"en": "Local", "fr": "Section"}}
      ]
    },
    {
      "key": "ties",
      "title": {"en": "Ties", "fr": "Liens"},
      "fields": [
        {"key": "town", "kind": "text", "when": {"field": "union", "in": ["yes"]}, "label": {"en": "Town", "fr": "Ville"}, "suggestions_from": "towns"},
        {"key": "clubs", "kind": "checkboxes", "label": {"en": "Clubs", "fr": "Clubs"},
         "options": [{"code": "chess", "label": {"en": "Chess", "fr": "Échecs"}}, {"code": "go", "label": {"en": "Go", "fr": "Go"}}, {"code": "other", "label": {"en": "Other", "fr": "Autre"}}]},
        {"key": "more", "kind": "checkboxes", "when": {"field": "clubs", "in": ["other"]}, "label": {"en": "More", "fr": "Plus"},
         "options": [{"code": "sport", "label": {"en": "Sport", "fr": "Sport"}}, {"code": "art", "label": {"en": "Art", "fr": "Art"}}]},
        {"key": "story", "kind": "long_text", "max": 10, "label": {"en": "Story", "fr": "Récit"}}
      ],
      "any_of": {"fields": ["town", "clubs"], "when": {"field": "job", "in": ["nurse", "student"]}, "missing": {"en": "Give one", "fr": "Donnez-en un"}}
    }
  ],
  "consents": [
    {"key": "privacy", "version": "1", "purpose": {"en": "Keep", "fr": "Garder"}, "wording": {"en": "{org} may.", "fr": "{org} peut."}, "required": true, "missing": {"en": "Tick it", "fr": "Cochez"}}
  ],
  "lists": {
    "jobs": [
      {"code": "other", "label": {"en": "Another", "fr": "Autre"}, "last": true},
      {"code": "zoo", "label": {"en": "Zoo", "fr": "Zoo"}},
      {"code": "student", "label": {"en": "Student", "fr": "Élève"}},
      {"code": "nurse", "label": {"en": "Nurse", "fr": "Infirmière"}},
      {"code": "clerk", "label": {"en": "Clerk", "fr": "Employée"}}
    ],
    "towns": [{"code": "mtl", "label": {"en": "Montreal", "fr": "Montréal"}}]
  }
}`

func parse(t *testing.T, data string) *Definition {
	t.Helper()
	d, err := Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func section(t *testing.T, d *Definition, key string) *Section {
	t.Helper()
	s, ok := d.Section(key)
	if !ok {
		t.Fatalf("there is no section %q", key)
	}
	return s
}

func TestSampleFields(t *testing.T) {
	d := parse(t, sample)
	if got := d.Address().Key + " " + d.Language().Key; got != "email language" {
		t.Errorf("the roles are at %q, want at %q", got, "email language")
	}
	if f := d.Field("town"); f == nil || f.Key != "town" {
		t.Errorf("Field(town) = %v", f)
	}
	if f := d.Field("nothing"); f != nil {
		t.Errorf("Field(nothing) = %v, want nil", f)
	}
	if _, ok := d.Section("nothing"); ok {
		t.Error("there is a section that is not there")
	}
	if _, ok := section(t, d, "you").Field("town"); ok {
		t.Error("a section has the field of another")
	}
}

func TestLimit(t *testing.T) {
	tests := []struct {
		name  string
		field Field
		want  int
	}{
		{"a line", Field{Kind: Line}, 200},
		{"several lines", Field{Kind: LongText}, 1000},
		{"an address", Field{Kind: Email}, 254},
		{"its own maximum comes first", Field{Kind: LongText, Max: 7}, 7},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.field.Limit(); got != tt.want {
				t.Errorf("Limit = %d, want %d", got, tt.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	d := parse(t, sample)
	tests := []struct {
		name, key string
		lang      i18n.Lang
		answer    []string
		want      []string
	}{
		{"text as it was typed", "name", i18n.French, []string{"Zoé"}, []string{"Zoé"}},
		{"options in the words of the reader", "clubs", i18n.French, []string{"chess", "other"}, []string{"Échecs", "Autre"}},
		{"options in the order of the reader", "clubs", i18n.English, []string{"other", "chess"}, []string{"Chess", "Other"}},
		{"a code that is not offered has no words", "clubs", i18n.English, []string{"bridge"}, nil},
		{"nothing", "clubs", i18n.English, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := d.Field(tt.key).Labels(tt.lang, Answers{tt.key: tt.answer}); !slices.Equal(got, tt.want) {
				t.Errorf("Words = %q, want %q", got, tt.want)
			}
		})
	}
	if got := d.Suggested(d.Field("town"), i18n.French); !slices.Equal(got, []string{"Montréal"}) {
		t.Errorf("Suggested = %q, want Montréal", got)
	}
	if got := d.Suggested(d.Field("name"), i18n.French); len(got) > 0 {
		t.Errorf("Suggested = %q for a field without suggestions", got)
	}
	if got := d.Consents[0].In(i18n.French, i18n.Text{"en": "Hub", "fr": "Pôle"}); got != "Pôle peut." {
		t.Errorf("the consent says %q, want %q", got, "Pôle peut.")
	}
}

func TestOptionsInOrder(t *testing.T) {
	tests := []struct {
		name, key string
		lang      i18n.Lang
		want      []string
	}{
		{"by the alphabet in English", "job", i18n.English, []string{"clerk", "nurse", "student", "zoo", "other"}},
		{"É with E in French, and last stays last", "job", i18n.French, []string{"student", "clerk", "nurse", "zoo", "other"}},
		{"as defined where nothing is said", "clubs", i18n.French, []string{"chess", "go", "other"}},
	}
	d := parse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, o := range d.Field(tt.key).In(tt.lang) {
				got = append(got, o.Code)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("In(%s) = %q, want %q", tt.lang, got, tt.want)
			}
		})
	}
}
