package app

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"joinery/app/config"
	"joinery/app/form"
)

// TestREADMEListsThePackages compares the table of packages in the README with the
// folders of app/ that have Go code in them.
func TestREADMEListsThePackages(t *testing.T) {
	var folders []string
	eachFile(t, ".", func(name string, _ []byte) {
		if folder, _, ok := strings.Cut(name, "/"); ok && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			folders = append(folders, folder)
		}
	})
	rows := submatches(regexp.MustCompile("(?m)^\\| `app/(\\w+)` \\|"), read(t, "../README.md"))
	wantSame(t, "the README", rows, folders)
}

// TestEverySettingIsExplained compares the variables that the program reads with
// those in the table of settings.
func TestEverySettingIsExplained(t *testing.T) {
	var settings []string
	_, err := config.Load(func(key string) string {
		settings = append(settings, key)
		return ""
	})
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(read(t, "../docs/operations.md"), "\n## Settings\n")
	var rows []string
	for _, names := range submatches(regexp.MustCompile("(?m)^\\| (`[A-Z].*?) \\|"), table) {
		rows = append(rows, submatches(regexp.MustCompile("`(\\w+)`"), names)...)
	}
	wantSame(t, "docs/operations.md", rows, settings)
}

// TestEveryLibraryIsExplained compares the modules that the code imports with
// those in the table of libraries.
func TestEveryLibraryIsExplained(t *testing.T) {
	direct, _, _ := strings.Cut(read(t, "../go.mod"), "\n)\n") // the first block
	modules := submatches(regexp.MustCompile(`(?m)^\t(?:github\.com/)?(\S+) v`), direct)
	_, table, _ := strings.Cut(read(t, "../docs/architecture.md"), "\n## Libraries\n")
	var rows []string
	for _, names := range submatches(regexp.MustCompile("(?m)^\\| (`[^(]*?) \\|"), table) { // with a bracket, it is no module
		rows = append(rows, submatches(regexp.MustCompile("`(\\S+)`"), names)...)
	}
	wantSame(t, "docs/architecture.md", rows, modules)
}

// TestTheFormIsExplained wants every member of a definition, and every key that
// none can use, in the page about the form.
func TestTheFormIsExplained(t *testing.T) {
	page := read(t, "../docs/form.md")
	names := members(reflect.TypeFor[form.Definition](), make(map[reflect.Type]bool))
	for _, list := range submatches(regexp.MustCompile(`(?s)var reserved\w+ = \[\]string\{(.*?)\}`), read(t, "form/checker.go")) {
		names = append(names, submatches(regexp.MustCompile(`"(\w+)"`), list)...)
	}
	if len(names) < 40 {
		t.Errorf("found only %q", names)
	}
	for _, name := range names {
		if !strings.Contains(page, "`"+name+"`") && !strings.Contains(page, `"`+name+`": `) {
			t.Errorf("docs/form.md does not explain %s", name)
		}
	}
}

// members returns the names that the fields of a type, and of the types in it,
// have in JSON.
func members(in reflect.Type, seen map[reflect.Type]bool) (names []string) {
	for in.Kind() == reflect.Slice || in.Kind() == reflect.Pointer || in.Kind() == reflect.Map {
		in = in.Elem()
	}
	if in.Kind() != reflect.Struct || seen[in] {
		return nil
	}
	seen[in] = true
	for _, f := range reflect.VisibleFields(in) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			names = append(append(names, name), members(f.Type, seen)...)
		}
	}
	return names
}

// TestLinksBetweenDocumentsLead follows the links from one document to a file or
// to a heading.
func TestLinksBetweenDocumentsLead(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, document := range documents(t) {
		for _, to := range submatches(link, read(t, document)) {
			if strings.HasPrefix(to, "https://") {
				continue
			}
			file, heading, _ := strings.Cut(to, "#")
			target := document
			if file != "" {
				target = filepath.Join(filepath.Dir(document), file)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s leads to %s: %v", document, to, err)
			} else if heading != "" && !slices.Contains(headings(read(t, target)), heading) {
				t.Errorf("%s leads to %s, and there is no such heading", document, to)
			}
		}
	}
}

// documents returns the paths of everything that is written in Markdown.
func documents(t *testing.T) (all []string) {
	t.Helper()
	for _, pattern := range []string{"../*.md", "../docs/*.md", "../.github/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: no documents (%v)", pattern, err)
		}
		all = append(all, found...)
	}
	return all
}

// headings returns the headings of a document as links name them.
func headings(document string) (names []string) {
	for _, heading := range submatches(regexp.MustCompile(`(?m)^#+ (.*)$`), document) {
		name := regexp.MustCompile(`[^\pL\pN_ -]`).ReplaceAllString(strings.ToLower(heading), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}

// wantSame fails the test unless a document names each of the things that there
// are, and nothing else.
func wantSame(t *testing.T, document string, named, there []string) {
	t.Helper()
	slices.Sort(named)
	there = slices.Compact(slices.Sorted(slices.Values(there)))
	if !slices.Equal(named, there) {
		t.Errorf("%s names\n%q\nbut there are\n%q", document, named, there)
	}
}

// submatches returns what the group of a pattern matches in a text, each time.
func submatches(pattern *regexp.Regexp, text string) (found []string) {
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
