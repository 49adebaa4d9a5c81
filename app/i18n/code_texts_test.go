package i18n

import (
	"go/ast"
	"go/token"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// prose is what looks like something said to people: two words, a letter with
// an accent, or one word that begins as a sentence does.
var prose = regexp.MustCompile(`\pL{2,}[,.:;!?’']* +\pL{2,}|[À-ÿ]|^\p{Lu}\p{Ll}+[.!?]?$`)

// notShown are the strings in the code of pages and of the journey that look
// like words and that no page shows.
var notShown = []*regexp.Regexp{
	regexp.MustCompile(`^(Joinery|Origin|public, .*|camera=.*|inline; .*)$|; charset=`), // headers, and the name Fiber knows us by
	regexp.MustCompile(`-src '|^sandbox `),                                              // policies
	regexp.MustCompile(`\bchange delay:`),                                               // what htmx waits for
	regexp.MustCompile(`^<head><base `),                                                 // markup
	regexp.MustCompile(`^(Letter|Document|Layout|Lbl|Pagination)$|<<|^<\?xpacket`),      // how a PDF is built
	regexp.MustCompile(`^not ready\n$`),                                                 // for machines that look after the site
	regexp.MustCompile(`^(hand over|corrects) `),                                        // what is signed or locked
	regexp.MustCompile(`^\pL+ not (\pL+ed( of)?|swept)$`),                               // in the log
}

func TestCodeHasNoTextsOfItsOwn(t *testing.T) {
	met := make(map[*regexp.Regexp]bool)
	for name, text := range sourceFiles(t) {
		if dir := path.Dir(name); dir != "app/web" && dir != "app/join" && dir != "app/receipt" {
			continue
		}
		for _, words := range proseIn(mustParseGo(t, name, text)) {
			i := slices.IndexFunc(notShown, func(known *regexp.Regexp) bool { return known.MatchString(words) })
			if i < 0 {
				t.Errorf("%s says %q: if people can read it, it belongs in the catalogues", name, words)
				continue
			}
			met[notShown[i]] = true
		}
	}
	for _, known := range notShown {
		if !met[known] {
			t.Errorf("nothing matches %s: it can go", known)
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
		{"words for a page in a call of the log", `func f() { s.Log.Info(show("Some where")) }`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := proseIn(mustParseGo(t, tt.name, "package p\n"+tt.code)); !slices.Equal(got, tt.want) {
				t.Errorf("wordyIn = %q, want %q", got, tt.want)
			}
		})
	}
}

// proseIn returns the strings of a file that look like words, but for those of
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

// isErrorOrLog reports whether call makes an error or a line of the log.
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
	}
	return false
}

func TestScriptHasNoTextsOfItsOwn(t *testing.T) {
	code := regexp.MustCompile(`(?m)^\s*//.*$`).ReplaceAllString(staticFile(t, "joinery.js"), "")
	for _, quoted := range regexp.MustCompile("\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`").FindAllString(code, -1) {
		if words := quoted[1 : len(quoted)-1]; prose.MatchString(words) {
			t.Errorf("joinery.js says %q: if people can read it, it belongs in the catalogues", words)
		}
	}
}

func TestStyleSheetHasNoTextsOfItsOwn(t *testing.T) {
	style := regexp.MustCompile(`\\[0-9a-fA-F]+`).ReplaceAllString(staticFile(t, "joinery.css"), "") // signs by their number
	if said := regexp.MustCompile(`content: *["'][^"'\n]*\pL.*`).FindString(style); said != "" {
		t.Errorf("joinery.css says %q, which belongs in the catalogues", said)
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
