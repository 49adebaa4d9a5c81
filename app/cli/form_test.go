package cli

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/config"
	"joinery/app/form"
)

func TestAFormWithoutItsFileIsNamed(t *testing.T) {
	if _, err := readForm(config.Config{Form: filepath.Join(t.TempDir(), "nothing")}); err == nil || !strings.HasPrefix(err.Error(), "FORM: ") {
		t.Errorf("readForm without its file: %v", err)
	}
}

// TestAFormThatChangesNeedsANewVersion once people have been asked it.
func TestAFormThatChangesNeedsANewVersion(t *testing.T) {
	cfg := configured(t, nil)
	edited := func(version string) string {
		d, err := form.Membership()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(d.Source(), `"What’s your first name?"`, `"What’s your given name?"`, 1)
		return write(t, strings.Replace(text, `"version":"`+d.Version+`"`, `"version":"`+version+`"`, 1))
	}
	open := func(path string) (*Parts, error) {
		cfg.Form = path
		return Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
	}
	asked, err := open("")
	if err != nil {
		t.Fatal(err)
	}
	version := asked.Wizard.Form.Version
	tried, err := open(edited(version)) // nobody was asked yet
	if err != nil {
		t.Fatalf("a form that nobody was asked cannot be changed: %v", err)
	}
	tried.Close()
	if err := asked.Archive(t.Context()); err != nil {
		t.Fatal(err)
	}
	asked.Close()
	if p, err := open(edited(version)); err == nil || !strings.Contains(err.Error(), "give it a new version") {
		t.Errorf("another form under the same version: %v, %v", p, err)
	}
	later, err := open(edited("later"))
	if err != nil {
		t.Fatal(err)
	}
	defer later.Close()
	former, err := formerForms(t.Context(), later.members, later.Wizard.Form, slog.New(slog.DiscardHandler))
	if err != nil || former[version] == nil || len(former) != 1 {
		t.Errorf("of the earlier forms there are %v, %v, want version %s", former, err, version)
	}
}
