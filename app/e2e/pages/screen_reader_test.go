//go:build e2e

package pages

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// An announcement is one thing that a screen reader says of a page: what it is,
// what it is called, what else is said of it, where it leads, and how deep a
// heading is.
type announcement struct {
	role, name, more, leads string
	level                   int
	wrong                   bool
}

// readAloud returns what a screen reader says of the page, in that order.
func readAloud(p *harness.Person) (all []announcement) {
	p.Helper()
	tree := harness.Call(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	nodes := make(map[accessibility.NodeID]*accessibility.Node)
	for _, n := range tree.Nodes {
		nodes[n.NodeID] = n
	}
	var read func(n *accessibility.Node)
	read = func(n *accessibility.Node) {
		if !n.Ignored {
			all = append(all, announce(n))
		}
		folds := len(all) - 1
		for _, id := range n.ChildIDs {
			if child := nodes[id]; child != nil {
				if strings.HasPrefix(textOf(child.Role), "DisclosureTriangle") { // the summary names what it folds
					all[folds].name = textOf(child.Name)
				}
				read(child)
			}
		}
	}
	read(tree.Nodes[0])
	return all
}

// announce returns what a screen reader says of a node.
func announce(n *accessibility.Node) announcement {
	s := announcement{role: textOf(n.Role), name: textOf(n.Name), more: textOf(n.Description)}
	for _, property := range n.Properties {
		switch property.Name {
		case accessibility.PropertyNameLevel:
			json.Unmarshal(property.Value.Value, &s.level) //nolint:errcheck // it is a number
		case accessibility.PropertyNameInvalid:
			s.wrong = textOf(property.Value) == "true"
		case accessibility.PropertyNameURL:
			s.leads = textOf(property.Value)
		}
	}
	return s
}

// textOf returns a value as a text.
func textOf(v *accessibility.Value) (words string) {
	if v != nil {
		json.Unmarshal(v.Value, &words) //nolint:errcheck // what is no text says nothing
	}
	return harness.NormalizeSpace(words)
}

// Roles that say nothing without a name; places of a page, which are told apart
// by their names; and names that say nothing to a reader who goes from link to
// link.
var (
	named  = []string{"region", "complementary", "navigation", "group", "radiogroup", "link", "button", "textbox", "checkbox", "radio", "combobox", "heading"}
	places = []string{"banner", "complementary", "contentinfo", "main", "navigation", "region", "search"}
	vague  = []string{"", "here", "more", "click here", "read more", "learn more", "link", "ici", "plus", "cliquez ici", "lire la suite", "en savoir plus", "lien"}
)

// screenReaderFaults returns what makes no sense in a page that is heard and not
// seen. What is wrong with an answer begins with a word for that.
func screenReaderFaults(page []announcement, wrong string) (faults []string) {
	seen, leads := make(map[string]int), make(map[string]string)
	for _, s := range page {
		place := s.role + " " + s.name
		seen[place]++
		switch {
		case s.name == "" && slices.Contains(named, s.role):
			faults = append(faults, "a "+s.role+" has no name")
		case slices.Contains(places, s.role) && seen[place] == 2:
			faults = append(faults, "there are two of "+place)
		case s.wrong && !strings.Contains(s.more, wrong):
			faults = append(faults, "nothing says why this is wrong: "+place)
		case s.role == "link" && slices.Contains(vague, strings.ToLower(s.name)):
			faults = append(faults, "nothing says where this leads: "+place)
		case s.role == "link" && leads[s.name] != "" && leads[s.name] != s.leads:
			faults = append(faults, fmt.Sprintf("%s leads to %s and to %s", place, leads[s.name], s.leads))
		}
		if s.role == "link" {
			leads[s.name] = s.leads
		}
	}
	return append(faults, headingFaults(page)...)
}

// headingFaults returns what is wrong with the headings of a page. What is to be
// corrected stands before the title.
func headingFaults(page []announcement) (faults []string) {
	level, titles := 0, 0
	for _, s := range page {
		if s.role != "heading" {
			continue
		}
		if titles > 0 && s.level > level+1 {
			faults = append(faults, fmt.Sprintf("heading %s has level %d, after %d", s.name, s.level, level))
		}
		if level = s.level; level == 1 {
			titles++
		}
	}
	if titles != 1 {
		faults = append(faults, fmt.Sprintf("there are %d titles", titles))
	}
	return faults
}

// checkScreenReader fails the test for what makes no sense in a screen reader on
// the page as it is now. The link to the other language is said in that.
func checkScreenReader(p *harness.Person, page string) {
	p.Helper()
	for _, fault := range screenReaderFaults(readAloud(p), p.Words("error.prefix")) {
		p.Errorf("%s: %s", page, fault)
	}
	other := p.Lang.Other()
	p.Expect(p.Lang.Tag(), "document.documentElement.lang")
	p.Expect(true, "[...document.querySelectorAll('a, button')].every(e => words(e) !== $0 || e.lang === $1)", i18n.T(other, "lang.name"), other.Tag())
}

func TestScreenReaderFaultsAreFound(t *testing.T) {
	title := announcement{role: "heading", name: "Apply", level: 1}
	tests := []struct {
		name string
		page []announcement
		want string
	}{
		{"a page as it should be", []announcement{{role: "heading", name: "1 thing to correct", level: 2}, title, {role: "heading", name: "Why", level: 2}}, ""},
		{"no title", nil, "there are 0 titles"},
		{"two titles", []announcement{title, title}, "there are 2 titles"},
		{"a level left out", []announcement{title, {role: "heading", name: "Who", level: 3}}, "heading Who has level 3, after 1"},
		{"a nameless group", []announcement{title, {role: "group"}}, "a group has no name"},
		{"two regions of one name", []announcement{title, {role: "region", name: "Why"}, {role: "region", name: "Why"}}, "there are two of region Why"},
		{"an error that is not said", []announcement{title, {role: "textbox", name: "Address", more: "We write to it.", wrong: true}}, "nothing says why this is wrong: textbox Address"},
		{"an error that is said", []announcement{title, {role: "textbox", name: "Address", more: "Error: Enter it", wrong: true}}, ""},
		{"a link with no words of its own", []announcement{title, {role: "link", name: "Here", leads: "/a"}}, "nothing says where this leads: link Here"},
		{"one link twice", []announcement{title, {role: "link", name: "Privacy", leads: "/a"}, {role: "link", name: "Privacy", leads: "/a"}}, ""},
		{"two links of one name", []announcement{title, {role: "link", name: "Look", leads: "/a"}, {role: "link", name: "Look", leads: "/b"}}, "link Look leads to /a and to /b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(screenReaderFaults(tt.page, "Error:"), "; "); got != tt.want {
				t.Errorf("found is %q, want %q", got, tt.want)
			}
		})
	}
}
