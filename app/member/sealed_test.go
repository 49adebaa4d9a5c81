package member

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"joinery/app/db"
	"joinery/app/dbtest"
	"joinery/app/form"
	"joinery/app/seal"
)

// earlier is an application as an earlier version stored it, number n of them.
const earlier = `
	WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
	INSERT INTO applications (id, draft, state, email, lang, form, answers, consents, sent_at)
	SELECT 'a' || i, 'd' || i, 'waiting', 'Zoe' || i || '@private.example', 'fr', '1', '{"name":["Zoë Secret"]}', '[{"key":"keep","wording":"You may keep it.","given":true}]', i FROM n;
	INSERT INTO applications (id, draft, state, email, lang, form, answers, consents, sent_at, ended_at) VALUES ('gone', 'd', 'expired', '', 'fr', '1', '{}', '[]', 1, 2);
	INSERT INTO links (selector, verifier_hash, application, created_at, expires_at) SELECT 's' || id, 'v', id, 1, 2 FROM applications;`

// earlierFile returns the path of a file of the version before applications were sealed.
func earlierFile(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "members.db")
	before := fstest.MapFS{}
	names, err := fs.Glob(db.Migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		script, err := fs.ReadFile(db.Migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		if name < "0018" {
			before[name] = &fstest.MapFile{Data: script}
		}
	}
	file, err := db.Open(t.Context(), path, db.Crash, before)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write().ExecContext(t.Context(), earlier); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestApplicationsOfAnEarlierVersionAreSealed(t *testing.T) {
	t.Parallel()
	path := earlierFile(t)
	file := dbtest.Open(t, path)
	h := &harness{Store: NewStore(file, dbtest.Ring(t, file)), file: file}
	for range 2 { // the second time does nothing
		if err := h.Upgrade(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantNothingPrivate(t, path)
	}
	for i := range 450 {
		found, err := h.BySelector(t.Context(), fmt.Sprint("sa", i+1))
		want := Application{
			ID: fmt.Sprint("a", i+1), Draft: fmt.Sprint("d", i+1), State: Waiting, Email: fmt.Sprintf("Zoe%d@private.example", i+1), Lang: "fr", Form: "1",
			Answers: form.Answers{"name": {"Zoë Secret"}}, Consents: []Consent{{Key: "keep", Wording: "You may keep it.", Given: true}}, Sent: time.Unix(int64(i+1), 0),
		}
		if err != nil || !reflect.DeepEqual(found.Application, want) {
			t.Fatalf("the application is %+v, %v, want %+v", found.Application, err, want)
		}
	}
	if all, err := h.WaitingByEmail(t.Context(), "zoe7@private.EXAMPLE", 5); err != nil || len(all) != 1 || all[0].ID != "a7" {
		t.Errorf("the address finds %+v, %v, want one", all, err)
	}
	if gone, err := h.BySelector(t.Context(), "sgone"); err != nil || gone.State != Expired || gone.Email != "" {
		t.Errorf("the application that has ended is %+v, %v", gone.Application, err)
	}
}

// TestSealingGoesOnWhereItWasInterrupted after the first of several transactions.
func TestSealingGoesOnWhereItWasInterrupted(t *testing.T) {
	t.Parallel()
	path := earlierFile(t)
	file := dbtest.Open(t, path)
	h := &harness{Store: NewStore(file, dbtest.Ring(t, file)), file: file}
	_, err := file.Write().ExecContext(t.Context(), `CREATE TRIGGER later BEFORE UPDATE ON applications WHEN OLD.id = 'a300' BEGIN SELECT RAISE(ABORT, 'no'); END`)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Upgrade(t.Context()); err == nil {
		t.Fatal("the upgrade was not interrupted")
	}
	if n := h.count(t, `SELECT count(*) FROM applications WHERE email_digest <> ''`); n != sealedAtOnce {
		t.Fatalf("%d applications are sealed, want those of the first transaction", n)
	}
	if _, err := file.Write().ExecContext(t.Context(), `DROP TRIGGER later`); err != nil {
		t.Fatal(err)
	}
	if err := h.Upgrade(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantNothingPrivate(t, path)
	if all, err := h.WaitingByEmail(t.Context(), "zoe1@private.example", 5); err != nil || len(all) != 1 {
		t.Errorf("what was sealed first is now %+v, %v", all, err)
	}
}

// wantNothingPrivate wants nothing of what was sent in the file and its journal.
func wantNothingPrivate(t *testing.T, path string) {
	t.Helper()
	for _, name := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, private := range []string{"private.example", "Secret", "You may keep it."} {
			if bytes.Contains(content, []byte(private)) {
				t.Errorf("%s contains %q", filepath.Base(name), private)
			}
		}
	}
}

func TestAnApplicationIsSealed(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := newApplication("Zoe@private.example", form.Answers{"name": {"Zoë Secret"}})
	l := h.mustSubmit(t, a)
	var row string
	err := h.file.Read().QueryRowContext(t.Context(), `SELECT id || draft || correction || email_digest || content || lang || form || held FROM applications`).Scan(&row)
	if err != nil || strings.Contains(strings.ToLower(row), "zoe@private") || strings.Contains(row, "Secret") {
		t.Errorf("the row is %q, %v", row, err)
	}
	got := h.mustFind(t, l).Application
	if got.Email != a.Email || !reflect.DeepEqual(got.Answers, a.Answers) || !reflect.DeepEqual(got.Consents, a.Consents) {
		t.Errorf("what was sent is %+v, want %+v", got, a)
	}
}

// TestADamagedApplicationStopsNoOther and its error tells nothing of it.
func TestADamagedApplicationStopsNoOther(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	damaged, sound := newApplication("zoe@example.ca", nil), newApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}})
	bad, good := h.mustSubmit(t, damaged), h.mustSubmit(t, sound)
	accept := func(l Link) Link { l.PendingChoice, l.ChosenAt = Accept, noon; return l }
	for _, l := range []Link{bad, good} {
		if err := h.UpdateChoice(t.Context(), l.Selector, accept); err != nil {
			t.Fatal(err)
		}
	}
	// What is sealed for one application does not open as that of another.
	_, err := h.file.Write().ExecContext(t.Context(), `UPDATE applications SET content = (SELECT content FROM applications WHERE id = $1) WHERE id = $2`, sound.ID, damaged.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.BySelector(t.Context(), bad.Selector); !errors.Is(err, seal.ErrSealed) || strings.Contains(err.Error(), "Zo") {
		t.Errorf("the damaged application: %v, want ErrSealed", err)
	}
	if all, err := h.WaitingByEmail(t.Context(), "zoe@example.ca", 5); err != nil || len(all) != 1 || all[0].ID != sound.ID {
		t.Errorf("the address finds %+v, %v, want the sound one", all, err)
	}
	if all, err := h.PendingChoices(t.Context(), noon); err != nil || len(all) != 1 || all[0].ID != sound.ID {
		t.Errorf("the pending choices are %+v, %v, want that of the sound one", all, err)
	}
	if err := h.Expire(t.Context(), noon.Add(time.Hour), noon); err != nil {
		t.Fatal(err)
	}
	h.wantForgotten(t, damaged, bad, Expired)
}
