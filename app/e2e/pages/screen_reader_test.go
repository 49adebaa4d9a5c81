//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"

	"joinery/app/i18n"
)

// A sound is one thing that a screen reader says of a page: what it is, what it
// is called, what else is said of it, where it leads, and how deep a heading is.
type sound struct {
	role, name, more, leads string
	level                   int
	wrong                   bool
}

// hears returns all that a page is to somebody who does not see it, in the order
// in which it is read.
func (p *person) hears() (all []sound) {
	p.Helper()
	tree := call(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	nodes := make(map[accessibility.NodeID]*accessibility.Node)
	for _, n := range tree.Nodes {
		nodes[n.NodeID] = n
	}
	var read func(n *accessibility.Node)
	read = func(n *accessibility.Node) {
		if !n.Ignored {
			all = append(all, soundOf(n))
		}
		for _, id := range n.ChildIDs {
			if child := nodes[id]; child != nil {
				read(child)
			}
		}
	}
	read(tree.Nodes[0])
	return all
}

func soundOf(n *accessibility.Node) sound {
	s := sound{role: said(n.Role), name: said(n.Name), more: said(n.Description)}
	for _, property := range n.Properties {
		switch property.Name {
		case accessibility.PropertyNameLevel:
			json.Unmarshal(property.Value.Value, &s.level) //nolint:errcheck // it is a number
		case accessibility.PropertyNameInvalid:
			s.wrong = said(property.Value) == "true"
		case accessibility.PropertyNameURL:
			s.leads = said(property.Value)
		}
	}
	return s
}

func said(v *accessibility.Value) (words string) {
	if v != nil {
		json.Unmarshal(v.Value, &words) //nolint:errcheck // what is no text says nothing
	}
	return plain(words)
}

// Roles that say nothing without a name; places of a page, which are told apart
// by their names; and names that say nothing to whoever goes from link to link.
var (
	named  = []string{"region", "complementary", "navigation", "group", "radiogroup", "link", "button", "textbox", "checkbox", "radio", "combobox", "heading"}
	places = []string{"banner", "complementary", "contentinfo", "main", "navigation", "region", "search"}
	vague  = []string{"", "here", "more", "click here", "read more", "learn more", "link", "ici", "plus", "cliquez ici", "lire la suite", "en savoir plus", "lien"}
)

// senseless returns what would leave somebody at a loss who hears a page and
// does not see it. What is wrong with an answer begins with a word for that.
func senseless(page []sound, wrong string) (faults []string) {
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
			faults = append(faults, "no one knows where this leads: "+place)
		case s.role == "link" && leads[s.name] != "" && leads[s.name] != s.leads:
			faults = append(faults, fmt.Sprintf("%s leads to %s and to %s", place, leads[s.name], s.leads))
		}
		if s.role == "link" {
			leads[s.name] = s.leads
		}
	}
	return append(faults, disordered(page)...)
}

// disordered returns what is wrong with the headings of a page. What is to be
// corrected stands before the title.
func disordered(page []sound) (faults []string) {
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

// makesSense fails the test for what makes none to whoever hears the page as it
// is now. The way to the other language is said in that.
func (p *person) makesSense(page string) {
	p.Helper()
	for _, fault := range senseless(p.hears(), p.words("error.prefix")) {
		p.Errorf("%s: %s", page, fault)
	}
	other := p.lang.Other()
	sees(p, p.lang.Tag(), "document.documentElement.lang")
	sees(p, true, "[...document.querySelectorAll('a, button')].every(e => words(e) !== $0 || e.lang === $1)", i18n.T(other, "lang.name"), other.Tag())
}

func TestWhatMakesNoSenseIsFound(t *testing.T) {
	title := sound{role: "heading", name: "Apply", level: 1}
	tests := []struct {
		name string
		page []sound
		want string
	}{
		{"a page as it should be", []sound{{role: "heading", name: "1 thing to correct", level: 2}, title, {role: "heading", name: "Why", level: 2}}, ""},
		{"no title", nil, "there are 0 titles"},
		{"two titles", []sound{title, title}, "there are 2 titles"},
		{"a level left out", []sound{title, {role: "heading", name: "Who", level: 3}}, "heading Who has level 3, after 1"},
		{"a nameless group", []sound{title, {role: "group"}}, "a group has no name"},
		{"two regions of one name", []sound{title, {role: "region", name: "Why"}, {role: "region", name: "Why"}}, "there are two of region Why"},
		{"an error that is not said", []sound{title, {role: "textbox", name: "Address", more: "We write to it.", wrong: true}}, "nothing says why this is wrong: textbox Address"},
		{"an error that is said", []sound{title, {role: "textbox", name: "Address", more: "Error: Enter it", wrong: true}}, ""},
		{"a link with no words of its own", []sound{title, {role: "link", name: "Here", leads: "/a"}}, "no one knows where this leads: link Here"},
		{"one link twice", []sound{title, {role: "link", name: "Privacy", leads: "/a"}, {role: "link", name: "Privacy", leads: "/a"}}, ""},
		{"two links of one name", []sound{title, {role: "link", name: "Look", leads: "/a"}, {role: "link", name: "Look", leads: "/b"}}, "link Look leads to /a and to /b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(senseless(tt.page, "Error:"), "; "); got != tt.want {
				t.Errorf("found is %q, want %q", got, tt.want)
			}
		})
	}
}
