//go:build e2e

package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Somebody comes back to a form that the organization has changed meanwhile.
func TestNoPageOfAChangedFormHasABarrier(t *testing.T) {
	t.Parallel()
	for _, w := range ways[:2] {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			s := newSettings(t, nil)
			end := begin(s)
			waitUntil(t, s, "/readyz")
			p := newPerson(t, s, w)
			p.hasAnswered(4)
			p.must(end())

			s["FORM"] = changedForm(t)
			startSite(t, s)
			p.visit(p.path("/apply/about"))
			p.isAt("about")
			p.isAccessible("about, changed")
			p.next()
			p.isAt("role")
			p.isAccessible("role, changed")
			p.next()
			sees(p, true, "!!summary()")
			p.isAccessible("role, changed and refused")
			p.answer(answer{"roles", []string{"manager"}})
			p.next()
			p.isAt("affiliations")
			p.isAccessible("affiliations, changed")
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
	if err := json.Unmarshal([]byte(questions().Source()), &form); err != nil {
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
