package web

import (
	"os"
	"path/filepath"
	"testing"

	"joinery/app/assets"
)

// TestOnlyTheTemplateFoldersAreRead protects development: other folders of the working
// directory have files that are no templates, and that appear and disappear.
func TestOnlyTheTemplateFoldersAreRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"views/a.html": "view", "partials/b.html": "partial", "notes/c.html": "{{nonsense}}", "d.html": "{{nonsense}}"} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v, err := newViews(os.DirFS(dir), true, new(assets.Store), new(assets.Styles))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"views/a": true, "partials/b": true, "notes/c": false, "d": false} {
		if got := v.Templates.Lookup(name) != nil; got != want {
			t.Errorf("%s is read: %v", name, got)
		}
	}
}
