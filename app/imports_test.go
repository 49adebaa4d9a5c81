// Package app has only tests: they hold the shape of the program.
package app

import (
	"bytes"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// imports says which packages of app/ each package of app/ may import. Read
// it from the bottom up: web sits on the rooms of the journey, these on the stores, all on form.
var imports = map[string][]string{
	"i18n":      {},
	"typeface":  {},
	"token":     {},
	"assets":    {},
	"address":   {},
	"brand":     {"i18n", "typeface"},
	"receipt":   {"i18n", "typeface"},
	"form":      {"address", "i18n"},
	"listener":  {},
	"readiness": {},
	"metrics":   {},
	"welcome":   {"i18n"},
	"db":        {"readiness"},
	"seal":      {"db"},
	"backup":    {"db"},
	"config":    {"brand", "i18n", "seal", "welcome"},
	"mail":      {"address", "db", "i18n", "seal", "welcome"},
	"access":    {"db", "i18n", "mail", "seal", "token"},
	"draft":     {"db", "form", "readiness", "seal"},
	"consent":   {"db", "i18n", "seal"},
	"member":    {"access", "consent", "db", "form", "i18n", "mail", "seal"},
	"person":    {"access", "consent", "db", "draft", "form", "i18n", "mail", "member", "seal"},
	"wizard":    {"access", "address", "draft", "form", "i18n", "seal", "token"},
	"export":    {"form", "i18n", "member"},
	"confirm":   {"access", "address", "draft", "form", "i18n", "mail", "member", "seal", "token", "wizard"},
	"resume":    {"access", "draft", "i18n", "mail", "member", "seal", "token", "wizard"},
	"web":       {"access", "address", "assets", "brand", "confirm", "draft", "form", "i18n", "mail", "member", "receipt", "resume", "token", "welcome", "wizard"},

	// For tests.
	"dbtest":      {"db", "draft", "seal"},
	"journeytest": {"access", "confirm", "db", "dbtest", "draft", "form", "i18n", "mail", "member", "redistest", "resume", "seal", "token", "wizard"},
	"dnstest":     {},
	"redistest":   {},

	// For main.go alone.
	"cli": {
		"access", "address", "backup", "brand", "config", "confirm", "consent", "db", "draft", "export", "form", "i18n", "listener", "mail",
		"member", "metrics", "person", "resume", "seal", "web", "wizard",
	},
}

// owners names the one package that may know each outside technology.
var owners = map[string]string{
	"github.com/molecule-man": "assets",
	"github.com/gofiber":      "web",
	"github.com/valyala":      "web",
	"github.com/mattn":        "db",
	"github.com/redis":        "draft",
	"github.com/wneessen":     "mail",
	"rsc.io":                  "web",
	"codeberg.org/go-pdf":     "receipt",
	"github.com/spf13":        "cli",
	"github.com/schollz":      "cli",
	"github.com/xuri":         "export",
	"github.com/lmittmann":    "cli",
	"github.com/prometheus":   "metrics",
}

func TestImports(t *testing.T) {
	for _, name := range packages(t) {
		pkg, err := build.ImportDir(name, 0)
		if err != nil {
			t.Fatal(err)
		}
		allowed, ok := imports[name]
		if !ok {
			t.Errorf("app/%s is not in the map of imports", name)
		}
		for _, path := range pkg.Imports {
			if own, ok := strings.CutPrefix(path, "joinery/"); ok && !slices.Contains(allowed, strings.TrimPrefix(own, "app/")) {
				t.Errorf("app/%s imports %s, which the map does not allow", name, own)
			}
			for technology, owner := range owners {
				if strings.HasPrefix(path, technology+"/") && owner != name {
					t.Errorf("app/%s imports %s, which is a matter of app/%s", name, path, owner)
				}
			}
		}
	}
}

// packages returns the folders of app/ with Go in them.
func packages(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no packages (%v)", err)
	}
	deeper, err := filepath.Glob("*/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range deeper {
		if !strings.HasPrefix(file, "e2e/") { // tests of the whole program
			t.Errorf("%s: packages stand side by side", file)
		}
	}
	var names []string
	for _, file := range files {
		names = append(names, filepath.Dir(file))
	}
	return slices.Compact(names)
}

// TestNoLayouts forbids Fiber layouts. In template/html v2, rendering a
// fragment while a page renders its layout can take the page's content away.
func TestNoLayouts(t *testing.T) {
	for _, dir := range []string{"../views", "../partials"} {
		eachFile(t, dir, func(name string, text []byte) {
			if strings.Contains(strings.ReplaceAll(string(text), " ", ""), "{{embed") {
				t.Errorf("%s is a Fiber layout", name)
			}
		})
	}
}

// TestFilesStaySmall keeps every file of the program readable at one sitting.
func TestFilesStaySmall(t *testing.T) {
	const most = 250
	for _, place := range []string{".", "../main.go"} {
		eachFile(t, place, func(name string, text []byte) {
			lines := bytes.Count(text, []byte("\n"))
			if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && lines > most {
				t.Errorf("%s has %d lines, want %d at most", name, lines, most)
			}
		})
	}
}

// eachFile calls do with every file at place, but for those of testdata, where
// npm installs thousands.
func eachFile(t *testing.T, place string, do func(name string, text []byte)) {
	t.Helper()
	err := filepath.WalkDir(place, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Name() == "testdata" {
			return fs.SkipDir
		}
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		do(name, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
