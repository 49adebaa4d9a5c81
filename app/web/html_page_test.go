package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// An htmlPage is a page as a browser without JavaScript receives it.
type htmlPage struct {
	url    *url.URL
	status int
	header http.Header
	body   string
	root   *html.Node
}

// eachElement calls do with every element under n, in the order of the page.
func eachElement(n *html.Node, do func(*html.Node)) {
	for child := range n.Descendants() {
		if child.Type == html.ElementNode {
			do(child)
		}
	}
}

// elements returns the elements under n for which wanted is true, in the order of the
// page.
func elements(n *html.Node, wanted func(*html.Node) bool) (found []*html.Node) {
	eachElement(n, func(e *html.Node) {
		if wanted(e) {
			found = append(found, e)
		}
	})
	return found
}

func isTag(names ...string) func(*html.Node) bool {
	return func(e *html.Node) bool { return slices.Contains(names, e.Data) }
}

func hasAttr(key, value string) func(*html.Node) bool {
	return func(e *html.Node) bool { return attribute(e, key) == value }
}

func hasClass(class string) func(*html.Node) bool {
	return func(e *html.Node) bool { return slices.Contains(strings.Fields(attribute(e, "class")), class) }
}

func attribute(e *html.Node, key string) string {
	for _, a := range e.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(e *html.Node, key string) bool {
	return slices.ContainsFunc(e.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// text returns the words under n with single spaces, without decorative elements.
func text(n *html.Node) string {
	var words strings.Builder
	var read func(*html.Node)
	read = func(n *html.Node) {
		if n.Type == html.TextNode {
			words.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && attribute(n, "aria-hidden") == "true" {
			return
		}
		for child := range n.ChildNodes() {
			read(child)
		}
	}
	read(n)
	blank := func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) } // a no-break space is kept
	return strings.Join(strings.FieldsFunc(words.String(), blank), " ")
}

func (p *htmlPage) texts(wanted func(*html.Node) bool) (texts []string) {
	for _, e := range elements(p.root, wanted) {
		texts = append(texts, text(e))
	}
	return texts
}

func (p *htmlPage) title() string { return strings.Join(p.texts(isTag("title")), "|") }
func (p *htmlPage) h1() string    { return strings.Join(p.texts(isTag("h1")), "|") }
func (p *htmlPage) text() string  { return text(p.root) }

// notes returns the notes of the page.
func (p *htmlPage) notes() []string {
	return p.texts(func(e *html.Node) bool { return hasClass("note")(e) && attribute(e, "role") == "status" })
}

// summary returns the lines of the summary of problems.
func (p *htmlPage) summary() (lines []string) {
	for _, alert := range elements(p.root, hasAttr("role", "alert")) {
		for _, link := range elements(alert, isTag("a")) {
			lines = append(lines, text(link))
		}
	}
	return lines
}

// byID returns the element with the given id, or nil.
func (p *htmlPage) byID(id string) *html.Node {
	if found := elements(p.root, hasAttr("id", id)); len(found) > 0 {
		return found[0]
	}
	return nil
}

// link returns where the first link with the given class or words leads.
func (p *htmlPage) link(classOrWords string) string {
	for _, a := range elements(p.root, isTag("a")) {
		if hasClass(classOrWords)(a) || text(a) == classOrWords {
			return attribute(a, "href")
		}
	}
	return ""
}

// forms returns the forms of the page.
func (p *htmlPage) forms() (forms []*htmlForm) {
	for _, f := range elements(p.root, isTag("form")) {
		forms = append(forms, newHTMLForm(f))
	}
	return forms
}
