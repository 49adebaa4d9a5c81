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

// A lookup is a call of T or N, or a Message, whose key is a literal.
type lookup struct {
	place  string // the path of the file
	key    string
	plural bool // by N; args counts the number, too
	args   int
}

// TestEveryLookupGivesTheArgumentsThatTheVerbsNeed covers every key that is a
// literal. Keys that are composed at run time are in composedKeys.
func TestEveryLookupGivesTheArgumentsThatTheVerbsNeed(t *testing.T) {
	found := append(lookupsInTemplates(t), lookupsInCode(t)...)
	if len(found) < 300 {
		t.Errorf("found %d lookups", len(found))
	}
	for _, a := range found {
		if problem := a.problem(); problem != "" {
			t.Errorf("%s: %s", a.place, problem)
		}
	}
}

// problem returns what is wrong with a, or "".
func (a lookup) problem() string {
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

func TestLookupProblem(t *testing.T) {
	tests := []struct {
		name   string
		lookup lookup
		right  bool
	}{
		{"words without a verb", lookup{key: "nav.back"}, true},
		{"too many arguments", lookup{key: "nav.back", args: 1}, false},
		{"too few arguments", lookup{key: "nav.contact"}, false},
		{"a plural by N", lookup{key: "error.summary", plural: true, args: 1}, true},
		{"a plural by T", lookup{key: "error.summary", args: 1}, false},
		{"a key that is not there", lookup{key: "nav.nowhere"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.lookup.problem(); (got == "") != tt.right {
				t.Errorf("problem = %q, want it right: %v", got, tt.right)
			}
		})
	}
}

func lookupsInTemplates(t *testing.T) []lookup {
	t.Helper()
	var found []lookup
	for name, tree := range templateTrees(t) {
		walk(tree.Root, func(n parse.Node) {
			if c, ok := n.(*parse.CommandNode); ok && len(c.Args) > 2 {
				f, _ := c.Args[0].(*parse.IdentifierNode)
				key, _ := c.Args[2].(*parse.StringNode)
				if f != nil && key != nil && (f.Ident == "t" || f.Ident == "n") {
					found = append(found, lookup{name, key.Text, f.Ident == "n", len(c.Args) - 3})
				}
			}
		})
	}
	return found
}

func lookupsInCode(t *testing.T) []lookup {
	t.Helper()
	var found []lookup
	for name, text := range sourceFiles(t) {
		if path.Ext(name) != ".go" {
			continue
		}
		for n := range ast.Preorder(mustParseGo(t, name, text)) {
			var a lookup
			switch n := n.(type) {
			case *ast.CallExpr:
				a = callLookup(n)
			case *ast.CompositeLit:
				a = messageLookup(n)
			}
			if a.key != "" {
				a.place = name
				found = append(found, a)
			}
		}
	}
	return found
}

func mustParseGo(t *testing.T, name, text string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// callLookup returns the lookup of a call of i18n.T or i18n.N. For another call,
// its key is "".
func callLookup(call *ast.CallExpr) lookup {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) < 2 || call.Ellipsis.IsValid() || f.Sel.Name != "T" && f.Sel.Name != "N" {
		return lookup{}
	}
	if pkg, ok := f.X.(*ast.Ident); !ok || pkg.Name != "i18n" {
		return lookup{}
	}
	return lookup{key: stringLiteral(call.Args[1]), plural: f.Sel.Name == "N", args: len(call.Args) - 2}
}

// messageLookup returns the lookup of a Message whose arguments are listed. For
// another literal, its key is "".
func messageLookup(lit *ast.CompositeLit) lookup {
	var a lookup
	for _, e := range lit.Elts {
		member, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return lookup{}
		}
		switch args, listed := member.Value.(*ast.CompositeLit); fmt.Sprint(member.Key) {
		case "Key":
			a.key = stringLiteral(member.Value)
		case "Args":
			if !listed {
				return lookup{}
			}
			a.args = len(args.Elts)
		}
	}
	if kind, ok := lit.Type.(*ast.SelectorExpr); !ok || kind.Sel.Name != "Message" {
		return lookup{}
	}
	return a
}

// stringLiteral returns the value of e if it is a string literal, and "" otherwise.
func stringLiteral(e ast.Node) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value)
	return s
}
