package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
)

// A formSource is a definition as JSON.
type formSource map[string]any

// editedForm returns the embedded definition as an organization might have it
// after a year, under another version.
func editedForm(t *testing.T, edit func(formSource)) *form.Definition {
	t.Helper()
	before, err := membership()
	if err != nil {
		t.Fatal(err)
	}
	var s formSource
	if err := json.Unmarshal([]byte(before.Source()), &s); err != nil {
		t.Fatal(err)
	}
	s["version"] = "2027-11-22"
	edit(s)
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	after, err := form.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return after
}

// section returns a section of the form, to be changed in place.
func (s formSource) section(key string) formSource {
	for _, section := range s["sections"].([]any) {
		if found := formSource(section.(map[string]any)); found["key"] == key {
			return found
		}
	}
	return nil
}

func (s formSource) field(key string) formSource {
	for _, field := range s["fields"].([]any) {
		if found := formSource(field.(map[string]any)); found["key"] == key {
			return found
		}
	}
	return nil
}

// changeForm gives a running site another form, as a restart does.
func (s *site) changeForm(t *testing.T, after *form.Definition) {
	t.Helper()
	s.openServices(t, settings{form: after, former: map[string]*form.Definition{s.wizard.Form.Version: s.wizard.Form}})
	s.server.Wizard, s.server.Confirm, s.server.Resume = s.wizard, s.confirm, s.resume
	s.server.apply.wizard = s.wizard
}

func TestChangedFormPointsOutWhatChanged(t *testing.T) {
	t.Parallel()
	for name, drafts := range storeOpeners {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: drafts})
			v := s.visitor(t)
			v.apply(i18n.French, answerFirst)
			s.changeForm(t, editedForm(t, func(form formSource) {
				role := form.section("role")
				role.field("roles")["options"] = slices.DeleteFunc(role.field("roles")["options"].([]any), func(o any) bool {
					return o.(map[string]any)["code"] == "patient"
				})
				interests := form.section("interests")
				interests.field("goals")["label"].(map[string]any)["fr"] = "Ce que vous cherchez"
				about := form.section("about")
				about["fields"] = slices.DeleteFunc(about["fields"].([]any), func(f any) bool { return f.(map[string]any)["key"] == "pronouns" })
				about["fields"] = append(about["fields"].([]any), map[string]any{
					"key": "telephone", "kind": "text", "label": map[string]any{"en": "Telephone", "fr": "Téléphone"},
				})
			}))

			v.open("/fr/apply")
			v.want(http.StatusOK, "À propos de vous")
			if got := text(v.page.byID("telephone-notice")); got != i18n.T(i18n.French, "field.new") {
				t.Errorf("at the new question stands %q", got)
			}
			if !strings.Contains(v.page.text(), i18n.T(i18n.French, "section.dropped")+" Quels sont vos pronoms?") {
				t.Errorf("the page does not say that the pronouns are no longer asked for:\n%s", v.page.text())
			}
			if v.page.byID("first_name-notice") != nil || v.form("").control("first_name").values[0] == "" {
				t.Error("a question that has not changed is pointed out, or has lost its answer")
			}
			preview := v.htmx(http.MethodPost, "/fr/apply/about/telephone", v.form("").values(nil))
			if text(preview.byID("telephone-notice")) != i18n.T(i18n.French, "field.new") {
				t.Errorf("the notice is gone during typing: %s", preview.body)
			}
			v.press(v.form(""), "")
			v.want(http.StatusOK, "Votre rôle")
			if got := text(v.page.byID("roles-notice")); !strings.Contains(got, "Patiente ou patient") {
				t.Errorf("at the choice that is gone stands %q, want what had been chosen", got)
			}
			roles := v.form("")
			roles.set("roles", "citizen")
			v.press(roles, "")
			v.want(http.StatusOK, "Vos champs d’intérêt")
			if got := text(v.page.byID("goals-notice")); got != i18n.T(i18n.French, "field.reworded") {
				t.Errorf("at the question in other words stands %q", got)
			}
			v.press(v.form(""), "")
			v.want(http.StatusOK, i18n.T(i18n.French, "check.title"))
			v.open("/fr/apply/about")
			if v.page.byID("telephone-notice") != nil || strings.Contains(v.page.text(), i18n.T(i18n.French, "section.dropped")) {
				t.Error("what was seen is pointed out again")
			}
		})
	}
}
