package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var dataComment = regexp.MustCompile(`(?s)^\{\{-? ?/\*.*?\bData: (.*?)\*/`)

// TestTemplateCommentsNameTypesThatExist reads the comment at the head of each
// template, which names the type of its data.
func TestTemplateCommentsNameTypesThatExist(t *testing.T) {
	t.Parallel()
	types := map[string]map[string]bool{"web": packageTypes(t, "."), "mail": packageTypes(t, "../mail")}
	documented := 0
	for _, path := range templateFiles(t) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		comment := dataComment.FindSubmatch(text)
		if comment == nil {
			continue
		}
		documented++
		for _, name := range regexp.MustCompile(`\b(web|mail)\.(\w+)`).FindAllStringSubmatch(string(comment[1]), -1) {
			if !types[name[1]][name[2]] {
				t.Errorf("%s documents data of the type %s, which does not exist", path, name[0])
			}
		}
	}
	if documented < 60 {
		t.Errorf("%d templates document their data, want at least 60", documented)
	}
}

func templateFiles(t *testing.T) (paths []string) {
	t.Helper()
	for _, dir := range []string{"../../partials", "../../views"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				paths = append(paths, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

// packageTypes returns the names of the types that the files of a package declare,
// without its tests.
func packageTypes(t *testing.T, dir string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if types, ok := d.(*ast.GenDecl); ok && types.Tok == token.TYPE {
				for _, spec := range types.Specs {
					names[spec.(*ast.TypeSpec).Name.Name] = true
				}
			}
		}
	}
	return names
}
