package i18n

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"golang.org/x/net/html"
)

// shownAttributes are the attributes that a browser or a screen reader presents.
// Two more depend on the element: the value of a button, and the content of the
// meta elements in shownMeta.
var shownAttributes = []string{"alt", "title", "label", "placeholder", "summary", "aria-label", "aria-description", "aria-roledescription",
	"aria-valuetext", "aria-placeholder", "hx-confirm", "hx-prompt"}

var shownMeta = []string{"description", "keywords", "author", "application-name", "apple-mobile-web-app-title", "og:title", "og:description",
	"og:site_name", "og:image:alt", "twitter:title", "twitter:description", "twitter:image:alt"}

// letter matches the letters that only the catalogues may have.
var letter = regexp.MustCompile(`\pL`)

func TestTemplatesHaveNoTextsOfTheirOwn(t *testing.T) {
	for name, tree := range templateTrees(t) {
		for _, text := range textsOf(tree, path.Ext(name) == ".html") {
			t.Errorf("%s has the text %q, which belongs in the catalogues", name, text)
		}
	}
}

func TestTextsOf(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"words of the catalogue", `<p class="lead">{{t .Lang "nav.back"}}</p>`, nil},
		{"punctuation", `<span aria-hidden="true">*</span>&nbsp;({{.Count}}) – <b>»</b>`, nil},
		{"a comment", `{{- /* Says nothing. */ -}}<!-- nothing -->`, nil},
		{"a text", `<p>{{.Name}} says</p>`, []string{"says"}},
		{"a text in a branch", `{{if .Wrong}}{{.Name}}{{else}}none{{end}}`, []string{"none"}},
		{"a letter as a character reference", `<p>&#233;</p>`, []string{"é"}},
		{"a title", `<title>Joinery</title>`, []string{"Joinery"}},
		{"a text without JavaScript", `<noscript><p>Reload</p></noscript>`, []string{"Reload"}},
		{"a style and a script", `<style>p { color: red }</style><script>let a</script>`, nil},
		{"the alternative text of an image", `<img src="a.png" alt="A fox">`, []string{"A fox"}},
		{"the name of a landmark", `<nav {{if .Open}}class="open" {{end}}aria-label="Main {{.Name}}"></nav>`, []string{"Main"}},
		{"the words of a button", `<input type="submit" value="Send">`, []string{"Send"}},
		{"the value of a hidden field", `<input type="hidden" name="from" value="theirs">`, nil},
		{"a meta element for machines", `<meta name="viewport" content="width=device-width">`, nil},
		{"a meta element that search engines show", `<meta name="description" content="Join us">`, []string{"Join us"}},
		{"a meta element that other sites show", `<meta property="og:title" content="Join">`, []string{"Join"}},
		{"attributes alone", `hx-post="{{.}}" hx-push-url="true"`, nil},
		{"attributes alone, one of them shown", `aria-label="Names" id="a"`, []string{"Names"}},
		{"an action with string literals", `{{"Hello"}} {{print .Name " too"}}`, []string{"Hello", " too"}},
		{"an action that looks up texts", `{{t .Lang (print "link." .Standing ".text")}}{{asset "icon.svg"}}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := textsOf(mustParseTemplate(t, tt.name, tt.text), true); !slices.Equal(got, tt.want) {
				t.Errorf("textsOf = %q, want %q", got, tt.want)
			}
		})
	}
}

// textsOf returns the texts that a template has of its own. Markup is true for
// HTML.
func textsOf(tree *parse.Tree, markup bool) []string {
	var source strings.Builder
	var found []string
	walk(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TextNode:
			source.Write(n.Text)
		case *parse.ActionNode:
			found = append(found, literalTexts(n)...)
		}
	})
	shown := []string{source.String()}
	if markup {
		shown = textsInMarkup(completeMarkup(source.String()))
	}
	for _, text := range shown {
		if letter.MatchString(text) {
			found = append(found, strings.TrimSpace(text))
		}
	}
	return found
}

// completeMarkup returns markup that can be parsed: attributes that stand alone in
// a template are put into an element.
func completeMarkup(markup string) string {
	if !strings.Contains(markup, "<") && strings.Contains(markup, `="`) {
		return "<input " + markup + ">"
	}
	return markup
}

// literalTexts returns the string literals that an action writes to the page.
func literalTexts(action *parse.ActionNode) []string {
	var found []string
	for _, c := range action.Pipe.Cmds {
		first, named := c.Args[0].(*parse.IdentifierNode)
		if named && !strings.HasPrefix(first.Ident, "print") {
			continue // a call that looks up a text or a URL
		}
		for _, arg := range c.Args {
			if s, ok := arg.(*parse.StringNode); ok && letter.MatchString(s.Text) && action.Pipe.Decl == nil && (named || arg == c.Args[0]) {
				found = append(found, s.Text)
			}
		}
	}
	return found
}

// textsInMarkup returns the texts of a page or of a part of one, and the values of
// its shown attributes.
func textsInMarkup(markup string) []string {
	var shown []string
	within := ""
	for page := html.NewTokenizer(strings.NewReader(markup)); page.Next() != html.ErrorToken; {
		switch token := page.Token(); token.Type {
		case html.StartTagToken, html.SelfClosingTagToken:
			within = token.Data
			shown = append(shown, shownAttributeValues(token)...)
		case html.EndTagToken:
			within = ""
		case html.TextToken:
			switch within {
			case "noscript":
				shown = append(shown, textsInMarkup(token.Data)...)
			case "script", "style":
			default:
				shown = append(shown, token.Data)
			}
		}
	}
	return shown
}

// shownAttributeValues returns the values of the shown attributes of element.
func shownAttributeValues(element html.Token) []string {
	has := make(map[string]string)
	for _, a := range element.Attr {
		has[a.Key] = a.Val
	}
	var shown []string
	for _, name := range shownAttributes {
		shown = append(shown, has[name])
	}
	switch {
	case element.Data == "input" && slices.Contains([]string{"submit", "button", "reset"}, has["type"]):
		shown = append(shown, has["value"])
	case element.Data == "meta" && slices.Contains(shownMeta, has["name"]+has["property"]):
		shown = append(shown, has["content"])
	}
	return shown
}
