package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A seen is a page as a browser without JavaScript has it.
type seen struct {
	url    *url.URL
	status int
	header http.Header
	body   string
	root   *html.Node
}

// each calls do with every element of the page under n, in its order.
func each(n *html.Node, do func(*html.Node)) {
	for child := range n.Descendants() {
		if child.Type == html.ElementNode {
			do(child)
		}
	}
}

// all returns the elements under n that are as wanted, in the order of the page.
func all(n *html.Node, wanted func(*html.Node) bool) (found []*html.Node) {
	each(n, func(e *html.Node) {
		if wanted(e) {
			found = append(found, e)
		}
	})
	return found
}

func tag(names ...string) func(*html.Node) bool {
	return func(e *html.Node) bool { return slices.Contains(names, e.Data) }
}

func having(key, value string) func(*html.Node) bool {
	return func(e *html.Node) bool { return attr(e, key) == value }
}

func classed(class string) func(*html.Node) bool {
	return func(e *html.Node) bool { return slices.Contains(strings.Fields(attr(e, "class")), class) }
}

func attr(e *html.Node, key string) string {
	for _, a := range e.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(e *html.Node, key string) bool {
	return slices.ContainsFunc(e.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// text returns the words under n with single blanks, without what is only
// for the eye.
func text(n *html.Node) string {
	var words strings.Builder
	var read func(*html.Node)
	read = func(n *html.Node) {
		if n.Type == html.TextNode {
			words.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && attr(n, "aria-hidden") == "true" {
			return
		}
		for child := range n.ChildNodes() {
			read(child)
		}
	}
	read(n)
	blank := func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) } // a no-break space is none
	return strings.Join(strings.FieldsFunc(words.String(), blank), " ")
}

func (p *seen) texts(wanted func(*html.Node) bool) (texts []string) {
	for _, e := range all(p.root, wanted) {
		texts = append(texts, text(e))
	}
	return texts
}

func (p *seen) title() string { return strings.Join(p.texts(tag("title")), "|") }
func (p *seen) h1() string    { return strings.Join(p.texts(tag("h1")), "|") }
func (p *seen) words() string { return text(p.root) }

// notes are the sentences about what has just happened.
func (p *seen) notes() []string {
	return p.texts(func(e *html.Node) bool { return classed("note")(e) && attr(e, "role") == "status" })
}

// summary are the lines of what is wrong.
func (p *seen) summary() (lines []string) {
	for _, alert := range all(p.root, having("role", "alert")) {
		for _, link := range all(alert, tag("a")) {
			lines = append(lines, text(link))
		}
	}
	return lines
}

// at returns the element with the given id, or nil.
func (p *seen) at(id string) *html.Node {
	if found := all(p.root, having("id", id)); len(found) > 0 {
		return found[0]
	}
	return nil
}

// link returns where the first link with the given class or words leads.
func (p *seen) link(classOrWords string) string {
	for _, a := range all(p.root, tag("a")) {
		if classed(classOrWords)(a) || text(a) == classOrWords {
			return attr(a, "href")
		}
	}
	return ""
}

// forms are the forms of the page, as it shows them.
func (p *seen) forms() (forms []*filling) {
	for _, f := range all(p.root, tag("form")) {
		forms = append(forms, newFilling(f))
	}
	return forms
}
