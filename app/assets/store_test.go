package assets

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

// TestURLChangesWithContent holds that a file with other content has another
// URL, and that it is found at no other.
func TestURLChangesWithContent(t *testing.T) {
	t.Parallel()
	a := NewStore(nil, false)
	a.Add("a.js", []byte("1"))
	before, err := a.URL("a.js")
	if err != nil || !strings.HasPrefix(before, "/static/a.") || !strings.HasSuffix(before, ".js") {
		t.Errorf("it is at %q (%v)", before, err)
	}
	if _, err := a.Find("/static/a.js"); !errors.Is(err, ErrNotFound) {
		t.Errorf("without a digest: %v", err)
	}
	b := NewStore(nil, false)
	b.Add("a.js", []byte("2"))
	if after, err := b.URL("a.js"); err != nil || after == before {
		t.Errorf("with another content it is at %q (%v)", after, err)
	}
	if url, err := a.URL("b.js"); err == nil {
		t.Errorf("what is not there is at %q", url)
	}
}

// TestABundleIsServedWithoutComments holds that lines that are comments are left out, and
// what only looks like one is not.
func TestABundleIsServedWithoutComments(t *testing.T) {
	t.Parallel()
	script := "// One.\n// Two.\nlet a = \"http://b\"; // no line\n\n  // Three.\n  a();\n"
	a := NewStore(fstest.MapFS{"a.js": {Data: []byte(script)}}, false)
	if err := a.AddBundle("all.js", "a.js"); err != nil {
		t.Fatal(err)
	}
	url, _ := a.URL("all.js")
	f, err := a.Find(url)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(f.Respond("", "").Body), "let a = \"http://b\"; // no line\n\na();\n\n"; got != want {
		t.Errorf("it is %q, want %q", got, want)
	}
}

// TestBundle holds that several files are served as one, and that with reload
// they are read at each request.
func TestBundle(t *testing.T) {
	t.Parallel()
	for name, reload := range map[string]bool{"served": false, "in development": true} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{"a.js": {Data: []byte("1")}, "b.js": {Data: []byte("2")}}
			a := NewStore(files, reload)
			if err := a.AddBundle("all.js", "a.js", "b.js"); err != nil {
				t.Fatal(err)
			}
			files["b.js"] = &fstest.MapFile{Data: []byte("3")}
			url, err := a.URL("all.js")
			if err != nil {
				t.Fatal(err)
			}
			f, err := a.Find(url)
			if err != nil {
				t.Fatal(err)
			}
			r := f.Respond("", "")
			if kept := r.Header.Get("Cache-Control") != "no-store"; kept == reload || (string(r.Body) == "1\n3\n") != reload {
				t.Errorf("it is %q, kept: %v", r.Body, kept)
			}
			delete(files, "a.js")
			if _, err := a.Find(url); (err != nil) != reload || errors.Is(err, ErrNotFound) {
				t.Errorf("without one of its files: %v", err)
			}
			if err := NewStore(files, reload).AddBundle("all.js", "a.js", "b.js"); err == nil {
				t.Error("it starts without one of its files")
			}
		})
	}
}
