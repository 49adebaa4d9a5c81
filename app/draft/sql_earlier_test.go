package draft

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"joinery/app/db"
	"joinery/app/form"
)

// oldDir returns a folder with a file that has only the named migrations, and the rows
// that a script inserts.
func oldDir(t *testing.T, script string, names ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	earlier := fstest.MapFS{}
	for _, name := range names {
		migration, err := migrations.ReadFile("migrations/" + name)
		if err != nil {
			t.Fatal(err)
		}
		earlier[name] = &fstest.MapFile{Data: migration}
	}
	file, err := db.Open(t.Context(), filepath.Join(dir, "drafts.db"), db.Crash, earlier)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = file.Write().ExecContext(t.Context(), script); err != nil {
		t.Fatal(err)
	}
	mustClose(t, file)
	return dir
}

// TestOpenSQLRemovesDraftsOfTheFirstVersion because no browser can open them.
func TestOpenSQLRemovesDraftsOfTheFirstVersion(t *testing.T) {
	dir := oldDir(t, `
		INSERT INTO drafts (id, form, lang, saved, expires) VALUES ('its digest', 'v1', 'en', 1, 1 << 60);
		INSERT INTO sections (draft, section, answers) VALUES ('its digest', 'about', '{"name":["Ann-Sophie"]}')`,
		"0001_drafts.sql")
	s := openSQL(t, dir, time.Now)
	wantGone(t, s, "its digest")
	mustSave(t, s, key, newSave(time.Now(), "about", form.Answers{"name": {"Mary-Lou"}}))
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if raw := filesIn(t, dir); strings.Contains(raw, "Ann-Sophie") || strings.Contains(raw, "its digest") || !strings.Contains(raw, key) {
		t.Error("the file still holds the old draft, or does not hold the new one")
	}
}

func TestOpenSQLKeepsDraftsOfTheSecondVersion(t *testing.T) {
	c := newClock()
	dir := oldDir(t, fmt.Sprintf(`
		INSERT INTO drafts (key, lang, saved, saves) VALUES ('%s', 'fr', %d, 7);
		INSERT INTO sections (draft, section, content, version, quiet) VALUES
			('%[1]s', 'about', '{"answers":{"name":["Ann"]},"rough":{"email":["ann@"]},"form":"v1","left":true,"done":true}', 7, 'a page'),
			('%[1]s', 'contact', '{"answers":{},"form":"v1"}', 3, '')`, key, c.now().UnixMilli()),
		"0001_drafts.sql", "0002_versions.sql")
	s := openSQL(t, dir, c.now)
	got, want := mustLoad(t, s, key), map[string]Section{
		"about":   {Answers: form.Answers{"name": {"Ann"}}, Invalid: form.Answers{"email": {"ann@"}}, Form: "v1", InProgress: true, Completed: true, Version: 7},
		"contact": {Answers: form.Answers{}, Form: "v1", Version: 3},
	}
	if !got.Saved.Equal(c.now()) || !reflect.DeepEqual(got.Sections, want) {
		t.Errorf("Load = %+v, want it saved at %v with %+v", got, c.now(), want)
	}
	follows := newSave(c.now(), "about", form.Answers{"name": {"Anne"}})
	follows.Base, follows.Page = 2, "a page" // the page was shown before its autosaves
	if version := mustSave(t, s, key, follows); version != 8 {
		t.Errorf("the next save has version %d, want 8", version)
	}
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Anne"}}, "contact": {}})
	mustClose(t, s)
	if raw := filesIn(t, dir); strings.Contains(raw, "Ann") || strings.Contains(raw, "ann@") {
		t.Error("what was in clear is so after the next save")
	}
}
