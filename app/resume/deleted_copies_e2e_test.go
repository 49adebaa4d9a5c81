//go:build e2e

package resume_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/redistest"
	"joinery/app/token"
	"joinery/app/wizard"
)

// wantNoWords wants none of the words in the files of a folder, which must have a name in
// them.
func wantNoWords(t *testing.T, dir, name string, words ...string) {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := fs.ReadFile(os.DirFS(dir), path)
		all.Write(content)
		return err
	})
	journeytest.Must(t, err)
	if !strings.Contains(all.String(), name) {
		t.Fatalf("this test does not see what is in %s: there is no %s", dir, name)
	}
	for _, word := range words {
		if strings.Contains(all.String(), word) {
			t.Errorf("the files have %q in them", word)
		}
	}
}

// TestNoCopyInRedisCanBeReadOnceADraftIsDeleted puts a copy of a draft back, as Redis does
// from its files.
func TestNoCopyInRedisCanBeReadOnceADraftIsDeleted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := redistest.New(t, "--dir", dir, "--appendonly", "yes", "--appendfsync", "always")
	j := journeytest.New(t, func(s *journeytest.Setup) {
		store, err := draft.NewRedis(server.URL, s.DraftTTL, func() time.Time { return journeytest.Noon })
		journeytest.Must(t, err)
		t.Cleanup(func() { store.Close() })
		s.Drafts = store
	})
	b := j.FilledIn(t)
	b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"xanthippe@example.ca"}})
	key := b.DraftKey(t)
	name := "joinery:draft:" + key

	server.Ask(t, "SAVE")
	wantNoWords(t, dir, key, "xanthippe", "example.ca", "Łuna", "petname", "answers")

	copied := server.Ask(t, "DUMP", name)
	server.Ask(t, "DEL", name)
	server.Ask(t, "RESTORE", name, "0", copied)
	b.WantTyped(t, form.Answers{"mail": {"xanthippe@example.ca"}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna"}})

	journeytest.Must(t, j.Delete(t.Context(), b.Session))
	server.Ask(t, "RESTORE", name, "0", copied)
	b.WantNoDraft(t)
	_, err := j.Access.Begin(t.Context(), access.Beginning{Draft: key, Session: token.Digest("another"), ExpiresAt: j.Now().Add(time.Hour), At: j.Now()}, nil)
	journeytest.Must(t, err)
	j.Browser("another").WantNoDraft(t) // not even an entry of the same name opens it
	server.Ask(t, "SAVE")
	wantNoWords(t, dir, key, "xanthippe", "example.ca", "Łuna")
}
