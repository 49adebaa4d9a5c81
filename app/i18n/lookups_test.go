package i18n

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strconv"
	"testing"
	"text/template/parse"
)

// An asking is a place where words are asked for with a key that is written out.
type asking struct {
	place  string
	key    string
	plural bool // by N, whose number is one of the arguments
	args   int
}

// TestWhoAsksForWordsGivesWhatTheirVerbsNeed covers every key that is not put
// together while the program runs.
func TestWhoAsksForWordsGivesWhatTheirVerbsNeed(t *testing.T) {
	found := append(askingsOfTemplates(t), askingsOfCode(t)...)
	if len(found) < 300 {
		t.Errorf("found %d places that ask for words", len(found))
	}
	for _, a := range found {
		if problem := a.problem(); problem != "" {
			t.Errorf("%s: %s", a.place, problem)
		}
	}
}

func (a asking) problem() string {
	key := a.key
	if a.plural {
		key += ".other"
	}
	words, ok := catalogues[English][key]
	if !ok {
		return fmt.Sprintf("there is no %q; is it for T or for N?", key)
	}
	if want := len(verbs(words)); a.args != want {
		return fmt.Sprintf("%q gets %d arguments, its words need %d", key, a.args, want)
	}
	return ""
}

func TestAskingProblem(t *testing.T) {
	tests := []struct {
		name  string
		asked asking
		right bool
	}{
		{"words without a verb", asking{key: "nav.back"}, true},
		{"too many arguments", asking{key: "nav.back", args: 1}, false},
		{"too few arguments", asking{key: "nav.contact"}, false},
		{"a plural by N", asking{key: "error.summary", plural: true, args: 1}, true},
		{"a plural by T", asking{key: "error.summary", args: 1}, false},
		{"a key that is not there", asking{key: "nav.nowhere"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.asked.problem(); (got == "") != tt.right {
				t.Errorf("problem = %q, want it right: %v", got, tt.right)
			}
		})
	}
}

func askingsOfTemplates(t *testing.T) []asking {
	t.Helper()
	var found []asking
	for name, tree := range templates(t) {
		walk(tree.Root, func(n parse.Node) {
			if c, ok := n.(*parse.CommandNode); ok && len(c.Args) > 2 {
				f, _ := c.Args[0].(*parse.IdentifierNode)
				key, _ := c.Args[2].(*parse.StringNode)
				if f != nil && key != nil && (f.Ident == "t" || f.Ident == "n") {
					found = append(found, asking{name, key.Text, f.Ident == "n", len(c.Args) - 3})
				}
			}
		})
	}
	return found
}

func askingsOfCode(t *testing.T) []asking {
	t.Helper()
	var found []asking
	for name, text := range sources(t) {
		if path.Ext(name) != ".go" {
			continue
		}
		for n := range ast.Preorder(syntax(t, name, text)) {
			var a asking
			switch n := n.(type) {
			case *ast.CallExpr:
				a = called(n)
			case *ast.CompositeLit:
				a = composedLater(n)
			}
			if a.key != "" {
				a.place = name
				found = append(found, a)
			}
		}
	}
	return found
}

func syntax(t *testing.T, name, text string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// called returns what i18n.T or i18n.N is asked for, if call is one of them.
func called(call *ast.CallExpr) asking {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) < 2 || call.Ellipsis.IsValid() || f.Sel.Name != "T" && f.Sel.Name != "N" {
		return asking{}
	}
	if pkg, ok := f.X.(*ast.Ident); !ok || pkg.Name != "i18n" {
		return asking{}
	}
	return asking{key: literal(call.Args[1]), plural: f.Sel.Name == "N", args: len(call.Args) - 2}
}

// composedLater returns what a Message asks for, if lit is one whose arguments
// are written out.
func composedLater(lit *ast.CompositeLit) asking {
	var a asking
	for _, e := range lit.Elts {
		member, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return asking{}
		}
		switch args, listed := member.Value.(*ast.CompositeLit); fmt.Sprint(member.Key) {
		case "Key":
			a.key = literal(member.Value)
		case "Args":
			if !listed {
				return asking{}
			}
			a.args = len(args.Elts)
		}
	}
	if kind, ok := lit.Type.(*ast.SelectorExpr); !ok || kind.Sel.Name != "Message" {
		return asking{}
	}
	return a
}

// literal returns the string that e spells out, or nothing.
func literal(e ast.Node) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value)
	return s
}
