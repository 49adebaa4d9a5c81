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

// A source is a definition as JSON.
type source map[string]any

// edited returns the embedded definition as an organization might have it
// after a year, under another version.
func edited(t *testing.T, edit func(source)) *form.Definition {
	t.Helper()
	before, err := membership()
	if err != nil {
		t.Fatal(err)
	}
	var s source
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

// fields returns the fields of a section, to be changed in place.
func (s source) section(key string) source {
	for _, section := range s["sections"].([]any) {
		if found := source(section.(map[string]any)); found["key"] == key {
			return found
		}
	}
	return nil
}

func (s source) field(key string) source {
	for _, field := range s["fields"].([]any) {
		if found := source(field.(map[string]any)); found["key"] == key {
			return found
		}
	}
	return nil
}

// change puts another definition into a running site, as a restart does.
func (s *site) change(t *testing.T, after *form.Definition) {
	t.Helper()
	s.openRooms(t, settings{form: after, former: map[string]*form.Definition{s.wizard.Form.Version: s.wizard.Form}})
	s.server.Wizard, s.server.Confirm, s.server.Resume = s.wizard, s.confirm, s.resume
	s.server.apply.wizard = s.wizard
}

func TestChangedFormPointsOutWhatChanged(t *testing.T) {
	t.Parallel()
	for name, drafts := range openings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: drafts})
			v := s.visitor(t)
			v.apply(i18n.French, first)
			s.change(t, edited(t, func(form source) {
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
			v.want(http.StatusOK, "À votre sujet")
			if got := text(v.page.at("telephone-notice")); got != i18n.T(i18n.French, "field.new") {
				t.Errorf("at the new question stands %q", got)
			}
			if !strings.Contains(v.page.words(), i18n.T(i18n.French, "section.dropped")+" Pronoms") {
				t.Errorf("the page does not say that the pronouns are no longer asked for:\n%s", v.page.words())
			}
			if v.page.at("first_name-notice") != nil || v.form("").control("first_name").values[0] == "" {
				t.Error("a question that has not changed is pointed out, or has lost its answer")
			}
			preview := v.htmx(http.MethodPost, "/fr/apply/about/telephone", v.form("").values(nil))
			if text(preview.at("telephone-notice")) != i18n.T(i18n.French, "field.new") {
				t.Errorf("the notice is gone while somebody types: %s", preview.body)
			}
			v.press(v.form(""), "")
			v.want(http.StatusOK, "Votre rôle")
			if got := text(v.page.at("roles-notice")); !strings.Contains(got, "Patiente ou patient") {
				t.Errorf("at the choice that is gone stands %q, want what had been chosen", got)
			}
			roles := v.form("")
			roles.set("roles", "citizen")
			v.press(roles, "")
			v.want(http.StatusOK, "Vos affiliations")
			if strings.Contains(v.page.words(), i18n.T(i18n.French, "section.changed")) {
				t.Error("the page about affiliations says that it has changed")
			}
			v.press(v.form(""), "")
			v.want(http.StatusOK, "Vos champs d’intérêt")
			if got := text(v.page.at("goals-notice")); got != i18n.T(i18n.French, "field.reworded") {
				t.Errorf("at the question in other words stands %q", got)
			}
			v.press(v.form(""), "")
			v.want(http.StatusOK, i18n.T(i18n.French, "check.title"))
			v.open("/fr/apply/about")
			if v.page.at("telephone-notice") != nil || strings.Contains(v.page.words(), i18n.T(i18n.French, "section.dropped")) {
				t.Error("what was seen is pointed out again")
			}
		})
	}
}
