package cli

import (
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/dbtest"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/member"
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

// TestAFormThatChangedIsRefusedBeforeTheTablesChange by check and by the start of a new
// version: the earlier program can go on.
func TestAFormThatChangedIsRefusedBeforeTheTablesChange(t *testing.T) {
	for _, command := range []string{"check", "serve"} {
		env := map[string]string{"DATA": t.TempDir(), "MX_CHECK": "0"}
		path := filepath.Join(env["DATA"], "joinery.db")
		file := dbtest.Open(t, path)
		d, err := form.Membership()
		journeytest.Must(t, err)
		journeytest.Must(t, member.NewStore(file, nil).Archive(t.Context(), d.Version, `{}`, time.Now()))
		journeytest.Must(t, file.InTx(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.Exec(`DELETE FROM migrations WHERE name LIKE '0021%'`)
			return err
		}))
		file.Close()
		if _, err := ranOn(t, env, command); err == nil || !strings.Contains(err.Error(), "give it a new version") {
			t.Errorf("%s says of a form that has changed: %v", command, err)
		}
		if pending, err := db.Pending(t.Context(), path, db.Migrations()); err != nil || len(pending) != 1 {
			t.Errorf("%s has changed the tables: %v are pending (%v)", command, pending, err)
		}
		if _, err := os.Stat(filepath.Join(env["DATA"], "backups")); err == nil {
			t.Errorf("%s has made a backup", command)
		}
	}
}
