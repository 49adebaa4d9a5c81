package web

import (
	"net/http"
	"slices"
	"testing"

	"joinery/app/i18n"
)

// A list of suggestions comes with its question, on a whole page and in a part for htmx.
// It is longer than most pages, so no other page has it.
func TestSuggestionsComeWithTheirQuestion(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for _, l := range i18n.Languages {
		v := s.visitor(t)
		v.applyAs(l, "researcher")
		suggested := 0
		for _, section := range s.wizard.Form.Sections {
			var want []string
			for i := range section.Fields {
				want = append(want, s.wizard.Form.Suggested(&section.Fields[i], l)...)
			}
			path := "/" + string(l) + "/apply/" + section.Key
			for _, p := range []*htmlPage{v.open(path), v.htmx(http.MethodGet, path, nil)} {
				if got := p.suggestions(t); !slices.Equal(got, want) {
					t.Errorf("%s has %d suggestions, want %d: %.80q", path, len(got), len(want), got)
				}
			}
			suggested += len(want)
		}
		if suggested == 0 {
			t.Error("no question suggests anything")
		}
	}
}

// suggestions returns what the fields of a page suggest, and wants each list to be of a field.
func (p *htmlPage) suggestions(t *testing.T) (words []string) {
	t.Helper()
	for _, list := range elements(p.root, isTag("datalist")) {
		if id := attribute(list, "id"); len(elements(p.root, hasAttr("list", id))) != 1 {
			t.Errorf("no field of %s has the suggestions %s", p.url, id)
		}
		for _, option := range elements(list, isTag("option")) {
			words = append(words, attribute(option, "value"))
		}
	}
	return words
}
