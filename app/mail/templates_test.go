package mail

import (
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestABadTemplateIsFoundAtTheStart breaks each template in turn, also in ways
// that show only when it is used.
func TestABadTemplateIsFoundAtTheStart(t *testing.T) {
	for file := range copyOfViews(t) {
		for _, fault := range []string{"{{if}}", "{{.Shoes}}", `{{template "views/mail/nowhere"}}`} {
			views := copyOfViews(t)
			views[file] = &fstest.MapFile{Data: append([]byte(fault), views[file].Data...)}
			if _, err := NewLetters(views, association); err == nil {
				t.Errorf("NewLetters takes %s with %s", file, fault)
			}
			delete(views, file)
			if _, err := NewLetters(views, association); err == nil {
				t.Errorf("NewLetters does without %s", file)
			}
		}
	}
}

// TestNoPartOfATemplateIsLeftOutAtTheStart breaks each template behind each of
// its actions, so also within what only some letters have.
func TestNoPartOfATemplateIsLeftOutAtTheStart(t *testing.T) {
	for file := range copyOfViews(t) {
		views := copyOfViews(t)
		parts := strings.SplitAfter(string(views[file].Data), "}}")
		for i := range parts[1:] {
			broken := slices.Insert(slices.Clone(parts), i+1, "{{.Shoes}}")
			views[file] = &fstest.MapFile{Data: []byte(strings.Join(broken, ""))}
			if _, err := NewLetters(views, association); err == nil {
				t.Errorf("NewLetters takes %s with a fault after %s", file, parts[i])
			}
		}
	}
}

func copyOfViews(t *testing.T) fstest.MapFS {
	t.Helper()
	files, err := os.ReadDir("../../views/mail")
	if err != nil {
		t.Fatal(err)
	}
	views := make(fstest.MapFS)
	for _, f := range files {
		data, err := os.ReadFile("../../views/mail/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		views[path.Join("views/mail", f.Name())] = &fstest.MapFile{Data: data}
	}
	return views
}
