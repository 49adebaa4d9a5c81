package i18n

import (
	"go/ast"
	"go/token"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// prose matches a string that looks like a text for people: two words, a letter
// with an accent, or one word with a capital.
var prose = regexp.MustCompile(`\pL{2,}[,.:;!?’']* +\pL{2,}|[À-ÿ]|^\p{Lu}\p{Ll}+[.!?]?$`)

// notShown match the strings in the code of textPackages that look like prose but
// are never shown.
var notShown = []*regexp.Regexp{
	regexp.MustCompile(`^(Joinery|no-store, no-cache|public, .*|camera=.*|inline; .*)$|; charset=`), // headers, and the application's name in Fiber
	regexp.MustCompile(`-src '|^sandbox `),                                                          // content security policies
	regexp.MustCompile(`\bchange delay:`),                                                           // triggers of htmx
	regexp.MustCompile(`^<head><base `),                                                             // markup
	regexp.MustCompile(`^(Letter|Document|Layout|Lbl|Pagination)$|<<|^<\?xpacket`),                  // the structure of a PDF
	regexp.MustCompile(`^not ready: `),                                                              // for probes
	regexp.MustCompile(`^(hand over|corrects|confirm|everyone since) `),                             // what digests are made of
	regexp.MustCompile(`^wizard: `),                                                                 // an error
	regexp.MustCompile(`^(\pL+ not \pL+ed|request failed|no preview|(page|landing) without \pL+)$`), // log messages
}

// textPackages are the packages whose code makes pages, mail and receipts.
var textPackages = []string{"confirm", "receipt", "resume", "web", "wizard"}

func TestCodeHasNoTextsOfItsOwn(t *testing.T) {
	checked, matched := make(map[string]bool), make(map[*regexp.Regexp]bool)
	for name, source := range sourceFiles(t) {
		dir := path.Dir(name)
		if !slices.Contains(textPackages, strings.TrimPrefix(dir, "app/")) {
			continue
		}
		checked[dir] = true
		for _, text := range proseIn(mustParseGo(t, name, source)) {
			i := slices.IndexFunc(notShown, func(known *regexp.Regexp) bool { return known.MatchString(text) })
			if i < 0 {
				t.Errorf("%s has the text %q: if a page or mail shows it, it belongs in the catalogues", name, text)
				continue
			}
			matched[notShown[i]] = true
		}
	}
	if len(checked) != len(textPackages) {
		t.Errorf("found code in %v alone, want every package of %q", checked, textPackages)
	}
	for _, known := range notShown {
		if !matched[known] {
			t.Errorf("nothing matches %s: remove it", known)
		}
	}
}

func TestProseIn(t *testing.T) {
	tests := []struct {
		name, code string
		want       []string
	}{
		{"a sentence", `var a = "Your answers are saved."`, []string{"Your answers are saved."}},
		{"a sentence with verbs", `var a = fmt.Sprintf("%d answers, saved on %s", n, day)`, []string{"%d answers, saved on %s"}},
		{"a word", "var a = `Welcome!`", []string{"Welcome!"}},
		{"a word in French", `var a = "fermé"`, []string{"fermé"}},
		{"names", `var a = []string{"landing.title", "X-Frame-Options", "no-store", "%s/%d", "a b"}`, nil},
		{"an import", `import "Some where"`, nil},
		{"an error", `var a = errors.New("join: no draft")`, nil},
		{"an error around another", `var a = fmt.Errorf("join: no draft of %s: %w", who, err)`, nil},
		{"the log", `func f() { s.Log.Error("request failed", "path", "Some where") }`, nil},
		{"the log of a request", `func f() { s.logOf(c).Error("request failed", "path", "Some where") }`, nil},
		{"words for a page in a call of the log", `func f() { s.Log.Info(show("Some where")) }`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := proseIn(mustParseGo(t, tt.name, "package p\n"+tt.code)); !slices.Equal(got, tt.want) {
				t.Errorf("proseIn = %q, want %q", got, tt.want)
			}
		})
	}
}

// proseIn returns the strings of a file that look like prose, without those of
// errors and of the log.
func proseIn(file *ast.File) []string {
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			return !isErrorOrLog(n)
		case *ast.BasicLit:
			if words, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && prose.MatchString(words) {
				found = append(found, words)
			}
		}
		return true
	})
	return found
}

// isErrorOrLog reports whether call makes an error or a log entry.
func isErrorOrLog(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	switch of := f.X.(type) {
	case *ast.Ident:
		return of.Name+"."+f.Sel.Name == "errors.New" || of.Name+"."+f.Sel.Name == "fmt.Errorf" || of.Name == "log"
	case *ast.SelectorExpr:
		return of.Sel.Name == "Log"
	case *ast.CallExpr:
		log, ok := of.Fun.(*ast.SelectorExpr)
		return ok && log.Sel.Name == "logOf"
	}
	return false
}

func TestScriptHasNoTextsOfItsOwn(t *testing.T) {
	for _, name := range []string{"joinery.js", "press.js", "saving.js", "summary.js"} {
		code := regexp.MustCompile(`(?m)^\s*//.*$`).ReplaceAllString(staticFile(t, name), "")
		for _, quoted := range regexp.MustCompile("\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`").FindAllString(code, -1) {
			if text := quoted[1 : len(quoted)-1]; prose.MatchString(text) {
				t.Errorf("%s has the text %q: if a page shows it, it belongs in the catalogues", name, text)
			}
		}
	}
}

func TestStyleSheetHasNoTextsOfItsOwn(t *testing.T) {
	style := regexp.MustCompile(`\\[0-9a-fA-F]+`).ReplaceAllString(staticFile(t, "joinery.css"), "") // without characters by their number
	if text := regexp.MustCompile(`content: *["'][^"'\n]*\pL.*`).FindString(style); text != "" {
		t.Errorf("joinery.css has the text %q, which belongs in the catalogues", text)
	}
}

func staticFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../static/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
