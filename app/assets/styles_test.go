package assets

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// TestStyles holds that a page carries what goes before a sheet and then the
// sheet, and that the policy names what is there.
func TestStyles(t *testing.T) {
	t.Parallel()
	sheets := []Sheet{{"joinery.css", ":root{--main:#401060}"}, {"noscript.css", ""}}
	s, err := NewStyles(os.DirFS("../.."), false, sheets...)
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.Text("joinery.css")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(text), sheets[0].Before) || len(text) < 10*len(sheets[0].Before) {
		t.Errorf("it begins with %.100s…, not with the colours", text)
	}
	if strings.Contains(string(text), "</") || strings.Contains(string(text), "<!--") {
		t.Error("the sheet would end where it should not")
	}
	if strings.Count(s.Sources(), "'sha256-") != len(sheets) || strings.Contains(s.Sources(), "self") {
		t.Errorf("the policy allows %s", s.Sources())
	}
	for _, sheet := range sheets {
		if _, err := NewStyles(without{os.DirFS("../.."), sheet.Name}, false, sheets...); err == nil {
			t.Errorf("it starts without %s", sheet.Name)
		}
	}
}

// without are files without one.
type without struct {
	fs.FS
	name string
}

func (w without) ReadFile(name string) ([]byte, error) {
	if strings.HasSuffix(name, "/"+w.name) {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(w.FS, name)
}

// TestStylesInDevelopment holds that a sheet is read for each page, and that the
// policy goes with it.
func TestStylesInDevelopment(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"static/joinery.css": {Data: []byte("a { top: 0 }")}, "static/noscript.css": {Data: []byte("b { top: 0 }")}}
	s, err := NewStyles(files, true, Sheet{"joinery.css", ""}, Sheet{"noscript.css", ""})
	if err != nil {
		t.Fatal(err)
	}
	before := s.Sources()
	files["static/joinery.css"] = &fstest.MapFile{Data: []byte("a { top: 1px }")}
	if text, err := s.Text("joinery.css"); err != nil || !strings.HasSuffix(string(text), "a{top:1px}") {
		t.Errorf("the page has %s (%v)", text, err)
	}
	if s.Sources() == before {
		t.Error("the policy allows the sheet that was")
	}
}
