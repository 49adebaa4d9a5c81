package form

import "testing"

// sample is a form with every kind of question and every rule.
const sample = `{
  "version": "1",
  "sections": [
    {
      "key": "you",
      "title": {"en": "You", "fr": "Vous"},
      "fields": [
        {"key": "name", "kind": "text", "name": true, "max": 5, "required": true, "missing": {"en": "Enter a name", "fr": "Entrez un nom"}, "label": {"en": "Name", "fr": "Nom"}},
        {"key": "email", "kind": "email", "role": "address", "required": true, "missing": {"en": "Enter an address", "fr": "Saisissez une adresse"}, "label": {"en": "Email", "fr": "Courriel"}},
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

func mustParse(t *testing.T, data string) *Definition {
	t.Helper()
	d, err := Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustSection(t *testing.T, d *Definition, key string) *Section {
	t.Helper()
	s, ok := d.Section(key)
	if !ok {
		t.Fatalf("there is no section %q", key)
	}
	return s
}

func TestDefinitionFindsItsParts(t *testing.T) {
	d := mustParse(t, sample)
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
	if _, ok := mustSection(t, d, "you").Field("town"); ok {
		t.Error("a section has the field of another")
	}
}
