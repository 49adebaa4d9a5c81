//go:build e2e

package pages

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"joinery/app/e2e/harness"
)

// An applicant comes back to a form that the organization has changed meanwhile.
func TestNoPageOfAChangedFormHasABarrier(t *testing.T) {
	t.Parallel()
	for _, w := range harness.Ways[:2] {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			s := harness.NewSettings(t, nil)
			end := harness.Begin(s)
			harness.WaitUntilOK(t, s, "/readyz")
			p := harness.NewPerson(t, s, w)
			p.StartDraft(4)
			p.Must(end())

			s["FORM"] = changedForm(t)
			harness.StartSite(t, s)
			p.Visit(p.Path("/apply/about"))
			p.ExpectSection("about")
			inspect(p, "about, changed")
			p.Continue()
			p.ExpectSection("role")
			inspect(p, "role, changed")
			p.Continue()
			p.Expect(true, "!!summary()")
			inspect(p, "role, changed and refused")
			p.Answer("roles", "manager")
			p.Continue()
			p.ExpectSection("affiliations")
			inspect(p, "affiliations, changed")
		})
	}
}

// changedForm writes the form as it might be after a year: a question has
// come in the place of another, some choices are gone, and a question has other
// words.
func changedForm(t *testing.T) (path string) {
	t.Helper()
	var form struct {
		Version  string           `json:"version"`
		Sections []map[string]any `json:"sections"`
		Consents any              `json:"consents"`
		Lists    any              `json:"lists"`
	}
	if err := json.Unmarshal([]byte(harness.Form().Source()), &form); err != nil {
		t.Fatal(err)
	}
	form.Version = "2027-11-22"
	fields := func(section int) []any { return form.Sections[section]["fields"].([]any) }
	about, roles, university := fields(0), fields(1)[0].(map[string]any), fields(2)[0].(map[string]any)
	about[len(about)-1] = map[string]any{ // in the place of the pronouns
		"key": "telephone", "kind": "text", "label": map[string]string{"en": "Telephone", "fr": "Téléphone"},
	}
	roles["options"] = roles["options"].([]any)[3:]
	university["label"] = map[string]string{"en": "Your university or college", "fr": "Votre université ou collège"}
	text, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "form.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
