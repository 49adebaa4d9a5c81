package assets

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// TestStyles holds that the prefix precedes the sheet, and that the policy names
// the digest of each sheet.
func TestStyles(t *testing.T) {
	t.Parallel()
	sheets := []Sheet{{"joinery.css", ":root{--main:#401060}"}}
	fonts := NewStore(os.DirFS("../.."), false)
	if err := fonts.AddMatching("static/*.woff2"); err != nil {
		t.Fatal(err)
	}
	s, err := NewStyles(os.DirFS("../.."), false, fonts, sheets...)
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.Text("joinery.css")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(text), sheets[0].Prefix) || len(text) < 10*len(sheets[0].Prefix) {
		t.Errorf("it begins with %.100s…, not with the colours", text)
	}
	if strings.Contains(string(text), "</") || strings.Contains(string(text), "<!--") {
		t.Error("the sheet would end where it should not")
	}
	if strings.Count(s.Sources(), "'sha256-") != len(sheets) || strings.Contains(s.Sources(), "self") {
		t.Errorf("the policy allows %s", s.Sources())
	}
	for _, sheet := range sheets {
		if _, err := NewStyles(without{os.DirFS("../.."), sheet.Name}, false, fonts, sheets...); err == nil {
			t.Errorf("it starts without %s", sheet.Name)
		}
	}
}

// without is a file system without the file name.
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

// TestStylesInDevelopment holds that with reload a sheet is read for each page,
// and that the policy follows.
func TestStylesInDevelopment(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"static/joinery.css": {Data: []byte("a { top: 0 }")}, "static/other.css": {Data: []byte("b { top: 0 }")}}
	s, err := NewStyles(files, true, nil, Sheet{"joinery.css", ""}, Sheet{"other.css", ""})
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

// TestStylesNameFilesByTheirURL holds that a sheet names a font by the URL that
// changes with it, and that a sheet which names a font that is not there is refused.
func TestStylesNameFilesByTheirURL(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"static/joinery.css": {Data: []byte("@font-face { src: local(Arial), url(a.woff2) format(\"woff2\"), url(b.woff2) }")},
		"static/a.woff2":     {Data: []byte("a")}, "static/b.woff2": {Data: []byte("b")},
	}
	fonts := NewStore(files, false)
	if err := fonts.AddMatching("static/*.woff2"); err != nil {
		t.Fatal(err)
	}
	s, err := NewStyles(files, false, fonts, Sheet{"joinery.css", ""})
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.Text("joinery.css")
	if err != nil {
		t.Fatal(err)
	}
	for name, after := range map[string]string{"a.woff2": ` format("woff2"),`, "b.woff2": "}"} {
		url, err := fonts.URL(name)
		if err != nil || !strings.Contains(string(text), "url("+url+")"+after) {
			t.Errorf("%s is at %q (%v), and the page has %s", name, url, err, text)
		}
		if _, err := fonts.Find(url); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
	if _, err := NewStyles(files, false, NewStore(files, false), Sheet{"joinery.css", ""}); err == nil {
		t.Error("it starts without the fonts")
	}
}
