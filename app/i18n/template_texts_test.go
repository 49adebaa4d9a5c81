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

// shownAttributes are those that people see or hear. What stands in value is
// shown on buttons only, and in content for some names of meta only.
var shownAttributes = []string{"alt", "title", "label", "placeholder", "summary", "aria-label", "aria-description", "aria-roledescription",
	"aria-valuetext", "aria-placeholder", "hx-confirm", "hx-prompt"}

var shownMeta = []string{"description", "keywords", "author", "application-name", "apple-mobile-web-app-title", "og:title", "og:description",
	"og:site_name", "og:image:alt", "twitter:title", "twitter:description", "twitter:image:alt"}

// letter are what only the catalogues may say.
var letter = regexp.MustCompile(`\pL`)

func TestTemplatesHaveNoTextsOfTheirOwn(t *testing.T) {
	for name, tree := range templateTrees(t) {
		for _, words := range textsOf(tree, path.Ext(name) == ".html") {
			t.Errorf("%s says %q, which belongs in the catalogues", name, words)
		}
	}
}

func TestTextsOf(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"words of the catalogue", `<p class="lead">{{t .Lang "nav.back"}}</p>`, nil},
		{"signs", `<span aria-hidden="true">*</span>&nbsp;({{.Count}}) – <b>»</b>`, nil},
		{"a comment", `{{- /* Says nothing. */ -}}<!-- nothing -->`, nil},
		{"a text", `<p>{{.Name}} says</p>`, []string{"says"}},
		{"a text in a branch", `{{if .Wrong}}{{.Name}}{{else}}none{{end}}`, []string{"none"}},
		{"a letter by its number", `<p>&#233;</p>`, []string{"é"}},
		{"a title", `<title>Joinery</title>`, []string{"Joinery"}},
		{"a text without JavaScript", `<noscript><p>Reload</p></noscript>`, []string{"Reload"}},
		{"a style and a script", `<style>p { color: red }</style><script>let a</script>`, nil},
		{"the name of a picture", `<img src="a.png" alt="A fox">`, []string{"A fox"}},
		{"the name of a landmark", `<nav {{if .Open}}class="open" {{end}}aria-label="Main {{.Name}}"></nav>`, []string{"Main"}},
		{"the words of a button", `<input type="submit" value="Send">`, []string{"Send"}},
		{"what a field holds", `<input type="hidden" name="from" value="theirs">`, nil},
		{"what machines read", `<meta name="viewport" content="width=device-width">`, nil},
		{"what search engines show", `<meta name="description" content="Join us">`, []string{"Join us"}},
		{"what others show", `<meta property="og:title" content="Join">`, []string{"Join"}},
		{"attributes alone", `hx-post="{{.}}" hx-push-url="true"`, nil},
		{"attributes alone that are shown", `aria-label="Names" id="a"`, []string{"Names"}},
		{"an action that spells words out", `{{"Hello"}} {{print .Name " too"}}`, []string{"Hello", " too"}},
		{"an action that asks for words", `{{t .Lang (print "link." .Standing ".text")}}{{asset "icon.svg"}}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := textsOf(mustParseTemplate(t, tt.name, tt.text), true); !slices.Equal(got, tt.want) {
				t.Errorf("spokenBy = %q, want %q", got, tt.want)
			}
		})
	}
}

// textsOf returns the words that a template shows by itself.
func textsOf(tree *parse.Tree, markup bool) []string {
	var text strings.Builder
	var said []string
	walk(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TextNode:
			text.Write(n.Text)
		case *parse.ActionNode:
			said = append(said, literalTexts(n)...)
		}
	})
	shown := []string{text.String()}
	if markup {
		shown = textsInMarkup(completeMarkup(text.String()))
	}
	for _, words := range shown {
		if letter.MatchString(words) {
			said = append(said, strings.TrimSpace(words))
		}
	}
	return said
}

// completeMarkup returns markup, or the attributes of some element in one.
func completeMarkup(markup string) string {
	if !strings.Contains(markup, "<") && strings.Contains(markup, `="`) {
		return "<input " + markup + ">"
	}
	return markup
}

// literalTexts returns the words that an action shows as they stand in it.
func literalTexts(action *parse.ActionNode) []string {
	var said []string
	for _, c := range action.Pipe.Cmds {
		first, named := c.Args[0].(*parse.IdentifierNode)
		if named && !strings.HasPrefix(first.Ident, "print") {
			continue // what is asked for words or for an address
		}
		for _, arg := range c.Args {
			if s, ok := arg.(*parse.StringNode); ok && letter.MatchString(s.Text) && action.Pipe.Decl == nil && (named || arg == c.Args[0]) {
				said = append(said, s.Text)
			}
		}
	}
	return said
}

// textsInMarkup returns the texts of a page, or of a part of one, and its attributes
// that are shown.
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

// shownAttributeValues returns the attributes of one element that are shown.
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
