package i18n

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"text/template/parse"
)

// templateTrees returns the parsed templates of pages and mail, by path.
func templateTrees(t *testing.T) map[string]*parse.Tree {
	t.Helper()
	found := make(map[string]*parse.Tree)
	for name, text := range sourceFiles(t) {
		if strings.HasPrefix(name, "views/") || strings.HasPrefix(name, "partials/") {
			found[name] = mustParseTemplate(t, name, text)
		}
	}
	if len(found) < 50 {
		t.Fatalf("found %d templates", len(found))
	}
	return found
}

func mustParseTemplate(t *testing.T, name, text string) *parse.Tree {
	t.Helper()
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	all := make(map[string]*parse.Tree)
	if _, err := tree.Parse(text, "", "", all); err != nil {
		t.Fatal(err)
	}
	if others := slices.Sorted(maps.Keys(all)); len(others) > 1 {
		t.Fatalf("%s defines other templates, which this test does not check: %q", name, others)
	}
	return tree
}

// walk visits node and everything in it, in the order of the template.
func walk(node parse.Node, visit func(parse.Node)) {
	switch node := node.(type) {
	case *parse.ListNode:
		if node != nil {
			visitAll(node.Nodes, visit)
		}
	case *parse.IfNode:
		walkBranch(&node.BranchNode, visit)
	case *parse.RangeNode:
		walkBranch(&node.BranchNode, visit)
	case *parse.WithNode:
		walkBranch(&node.BranchNode, visit)
	case *parse.ActionNode:
		visit(node)
		walk(node.Pipe, visit)
	case *parse.TemplateNode:
		walk(node.Pipe, visit)
	case *parse.PipeNode:
		if node != nil {
			visitAll(node.Cmds, visit)
		}
	case *parse.CommandNode:
		visit(node)
		visitAll(node.Args, visit)
	default:
		visit(node)
	}
}

func visitAll[N parse.Node](nodes []N, visit func(parse.Node)) {
	for _, n := range nodes {
		walk(n, visit)
	}
}

func walkBranch(b *parse.BranchNode, visit func(parse.Node)) {
	walk(b.Pipe, visit)
	walk(b.List, visit)
	walk(b.ElseList, visit)
}
