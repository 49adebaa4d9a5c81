package i18n

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// composedKeys are the keys that the program composes at run time, each with the
// values of its %s.
var composedKeys = map[string][]string{
	"code.%s":              {"used", "late", "gone", "finished", "malformed", "letter", "member", "crowded"},                   // why a code for another device is refused
	"proof.%s":             {"late", "superseded", "malformed", "handoff", "member"},                                           // why a code of a letter is refused
	"resume.%s.title":      {"open", "used", "late", "gone", "mistyped", "cut", "finished", "superseded", "message", "device"}, // the status of a resume link, or where an offer comes from
	"resume.%s.text":       {"used", "late", "gone", "mistyped", "cut", "finished", "superseded"},
	"resume.%s.take":       resumeSources,
	"resume.%s.left":       resumeSources,
	"resume.%s.others":     resumeSources,
	"error.%s.title":       errorNames,
	"error.%s.text":        errorNames,
	"error.%s.next":        errorNames,
	"landing.who.%s.title": landingGroups,
	"landing.who.%s.text":  landingGroups,
	"link.%s.title":        linkStatuses,
	"link.%s.text":         linkStatuses,
	"note.%s":              {"order", "more", "once_more", "sent", "again", "readdressed", "same", "correct", "asked", "fresh", "deleted", "anew", "mailed", "changed", "switched", "ended", "deleted_other", "press", "accepted", "answered", "crowded", "cookies", "closed_other", "left", "lost_data"}, // web.noteKeys
	"mail.%s.subject":      {"confirm", "member", "welcome", "updated", "new_address", "address_changed", "resume", "reminder"},
	"new_address.%s.title": {"open", "spent", "crowded", "done", "superseded", "withdrawn", "late", "mistyped", "cut"}, // the status of a link that confirms another address of a member
	"new_address.%s.text":  {"spent", "crowded", "superseded", "withdrawn", "mistyped", "cut"},
	"restore.%s.title":     {"open", "spent", "done", "superseded", "late", "moved", "mistyped", "cut"}, // the status of a link that puts former answers back
	"restore.refused.%s":   {"malformed", "letter", "handoff"},                                          // why a code that puts former answers back is refused
	"restore.%s.text":      {"spent", "superseded", "moved", "mistyped", "cut"},
	"sent.%s.title":        {"waiting", "confirmed", "withdrawn", "expired"},
	"sent.%s.text":         {"confirmed", "withdrawn", "expired"},
}

var (
	errorNames    = []string{"not_found", "forbidden", "too_large", "unavailable", "internal", "refused"}                                                          // web.errorPages
	landingGroups = []string{"patients", "researchers", "trainees", "clinicians", "managers", "leaders"}                                                           // the cards of the landing page
	resumeSources = []string{"message", "device"}                                                                                                                  // where an offer to resume comes from
	linkStatuses  = []string{"open", "confirming", "ending", "doubted", "spent", "used", "late", "superseded", "replaced", "withdrawn", "gone", "mistyped", "cut"} // the status of a confirmation link
)

// keyCall finds the keys in calls of T and N, also by their names in templates,
// and in a Message.
var keyCall = regexp.MustCompile(`(?:i18n\.[TN]\([^"\n]+|\b[tn] \$?\.\S* |\bKey: +)"([a-z][^"]*)"`)

// possibleKey finds the strings that look like keys.
var possibleKey = regexp.MustCompile(`"([a-z_]+(?:\.[a-z0-9_]+)+)"`)

func TestEveryKeyThatIsUsedExists(t *testing.T) {
	exists, families := make(map[string]bool), make(map[string]bool)
	for key := range catalogues[English] {
		family, _, _ := strings.Cut(key, ".")
		exists[key], exists[strings.TrimSuffix(key, ".other")], families[family] = true, true, true
	}
	for _, key := range expandComposedKeys() {
		if !exists[key] {
			t.Errorf("%q can be composed and is not in the catalogues", key)
		}
		exists[strings.TrimSuffix(key, path.Ext(key))] = true // the key without its ending, as code has it
	}
	for name, text := range sourceFiles(t) {
		for _, m := range keyCall.FindAllStringSubmatch(text, -1) {
			if !strings.HasSuffix(m[1], ".") && !exists[m[1]] {
				t.Errorf("%s uses %q, which is not in the catalogues", name, m[1])
			}
		}
		for _, m := range possibleKey.FindAllStringSubmatch(text, -1) {
			if family, _, _ := strings.Cut(m[1], "."); families[family] && !exists[m[1]] {
				t.Errorf("%s has %q, which looks like a key and is not in the catalogues", name, m[1])
			}
		}
	}
}

func TestEveryKeyIsUsed(t *testing.T) {
	used := make(map[string]bool)
	for _, text := range sourceFiles(t) {
		for _, m := range possibleKey.FindAllStringSubmatch(text, -1) {
			used[m[1]], used[m[1]+".one"], used[m[1]+".other"] = true, true, true
		}
	}
	for _, key := range expandComposedKeys() {
		used[key] = true
	}
	for key := range catalogues[English] {
		if !used[key] {
			t.Errorf("nothing uses %q: remove it", key)
		}
	}
}

func TestEveryPartialIsIncluded(t *testing.T) {
	files := sourceFiles(t)
	all := strings.Join(slices.Collect(maps.Values(files)), "")
	for name := range files {
		partial := strings.TrimSuffix(name, ".html")
		if strings.HasPrefix(name, "partials/") && !strings.Contains(all, `"`+partial+`"`) {
			t.Errorf("nothing includes %s: remove it", name)
		}
	}
}

// expandComposedKeys returns every key that composedKeys stands for.
func expandComposedKeys() []string {
	var keys []string
	for pattern, values := range composedKeys {
		for _, v := range values {
			keys = append(keys, fmt.Sprintf(pattern, v))
		}
	}
	return keys
}

// sourceFiles returns the text of every template and of all code but tests, by
// path.
func sourceFiles(t *testing.T) map[string]string {
	t.Helper()
	top, found := os.DirFS("../.."), make(map[string]string)
	for _, dir := range []string{"partials", "views", "app", "main.go"} {
		err := fs.WalkDir(top, dir, func(name string, e fs.DirEntry, err error) error {
			if name == "app/e2e" || name == "app/journeytest" { // tests say nothing to people
				return fs.SkipDir
			}
			ext := path.Ext(name)
			if err != nil || ext != ".go" && ext != ".html" && ext != ".txt" || strings.HasSuffix(name, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(top, name)
			found[name] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(found) < 50 {
		t.Fatalf("found %d templates and files of code", len(found))
	}
	return found
}
