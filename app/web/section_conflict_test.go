package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// A conflictingTabs is one section open in two tabs of one draft. The tab saved has
// saved it; the tab posting is about to.
type conflictingTabs struct {
	*site
	posting, saved *visitor
	form           *htmlForm // the filled form of posting
}

// openConflict saves the answers theirs in one tab, and fills the answers mine into
// another.
func openConflict(t *testing.T, s *site, l i18n.Lang, section string, theirs, mine url.Values) *conflictingTabs {
	t.Helper()
	c := &conflictingTabs{site: s, posting: s.visitor(t)}
	c.posting.apply(l, answerAll)
	c.saved = c.posting.sameBrowser()
	path := "/" + string(l) + "/apply/" + section
	c.posting.open(path)
	c.form = c.posting.form("")
	c.saved.changeSection(path, theirs)
	for name, values := range mine {
		c.form.set(name, values...)
	}
	return c
}

// changeSection opens a section, changes answers and continues.
func (v *visitor) changeSection(path string, changes url.Values) {
	v.t.Helper()
	v.open(path)
	f := v.form("")
	for name, values := range changes {
		f.set(name, values...)
	}
	v.press(f, "")
}

// wantConflict wants the conflict page with these questions. The map has the chosen
// version by question.
func (v *visitor) wantConflict(l i18n.Lang, want map[string]string) *htmlForm {
	v.t.Helper()
	v.want(http.StatusConflict, i18n.T(l, "merge.title"))
	f := v.form(i18n.T(l, "merge.use"))
	for _, c := range f.controls {
		if c.kind != "radio" {
			continue
		}
		key := strings.TrimPrefix(c.name, choicePrefix)
		if len(c.options) != 2 || len(c.values) != 1 || c.values[0] != want[key] {
			v.t.Errorf("of %s is chosen %q of %v, want %q", key, c.values, c.options, want[key])
		}
	}
	if found := len(elements(v.page.root, hasAttr("type", "radio"))); found != 2*len(want) {
		v.t.Errorf("there are %d versions to choose from, want two of each of %v", found, want)
	}
	return f
}

// wantSaved wants a section to have these answers.
func (c *conflictingTabs) wantSaved(t *testing.T, section string, want url.Values) {
	t.Helper()
	c.saved.open("/en/apply/" + section)
	f := c.saved.form("")
	for name, values := range want {
		if got := f.control(name); got == nil || !slices.Equal(got.values, values) {
			t.Errorf("%s is now %+v, want %q", name, got, values)
		}
	}
}

func TestSectionChangedInTwoPlaces(t *testing.T) {
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				c := openConflict(t, newSite(t, settings{drafts: open}), l, "about",
					url.Values{"first_name": {"Théo"}, "pronouns": {"iel"}, "region": {"qc"}},
					url.Values{"first_name": {"Théo"}, "pronouns": {"they"}})
				before := c.dump(t)
				c.posting.press(c.form, "")
				f := c.posting.wantConflict(l, map[string]string{"pronouns": "mine", "region": "theirs"})
				if legends := c.posting.page.texts(isTag("legend")); len(legends) != 2 || !slices.Contains(legends, c.fieldLabel(l, "pronouns")) {
					t.Errorf("the questions are %q", legends)
				}
				for _, version := range []string{
					i18n.T(l, "merge.theirs") + " iel", i18n.T(l, "merge.mine") + " they",
					i18n.T(l, "merge.theirs") + " " + c.optionLabel(l, "region", "qc"),
				} {
					if !strings.Contains(c.posting.page.text(), version) {
						t.Errorf("the page does not show %q: %s", version, c.posting.page.text())
					}
				}
				if buttons := elements(c.posting.page.root, hasClass("primary")); len(buttons) != 1 || f.button("") == nil || hasAttribute(f.button(""), "name") {
					t.Errorf("there are %d buttons, and Enter presses %v", len(buttons), f.button("").Attr)
				}
				if after := c.dump(t); after != before {
					t.Errorf("before anything was chosen, this was saved:\n%s", after)
				}
				c.posting.press(f, i18n.T(l, "merge.use"))
				if want := "/" + string(l) + "/apply/role"; c.posting.page.url.Path != want {
					t.Errorf("choosing leads to %s, want %s", c.posting.page.url.Path, want)
				}
				c.wantSaved(t, "about", url.Values{"first_name": {"Théo"}, "pronouns": {"they"}, "region": {"qc"}})
			})
		}
	}
}

// fieldLabel returns the label of a question.
func (s *site) fieldLabel(l i18n.Lang, key string) string {
	return s.wizard.Form.Field(key).Label.In(l)
}

// optionLabel returns the label of an option.
func (s *site) optionLabel(l i18n.Lang, key, code string) string {
	return s.wizard.Form.Field(key).Labels(l, map[string][]string{key: {code}})[0]
}

func TestTheChosenAnswerIsSaved(t *testing.T) {
	t.Parallel()
	l := i18n.English
	tests := []struct {
		university, entity string // the version that is chosen
		name               string
		entities           bool // the answer is not empty
	}{
		{"theirs", "theirs", "Theirs", false},
		{"mine", "mine", "Mine", true},
		{"theirs", "mine", "Theirs", true},
		{"mine", "theirs", "Mine", false},
	}
	for _, tt := range tests {
		t.Run(tt.university+" and "+tt.entity, func(t *testing.T) {
			t.Parallel()
			c := openConflict(t, newSite(t, settings{}), l, "affiliations",
				url.Values{"university": {"Theirs"}, "affiliation_other": {""}}, url.Values{"university": {"Mine"}})
			want := url.Values{"university": {tt.name}, "affiliation_other": {""}}
			if tt.entities {
				want["affiliation_other"] = c.form.control("affiliation_other").values
			}
			c.posting.press(c.form, "")
			f := c.posting.wantConflict(l, map[string]string{"university": "mine", "affiliation_other": "theirs"})
			if none := i18n.T(l, "merge.theirs") + " " + i18n.T(l, "check.none"); !strings.Contains(c.posting.page.text(), none) {
				t.Errorf("the page does not say %q: %s", none, c.posting.page.text())
			}
			f.set(choicePrefix+"university", tt.university)
			f.set(choicePrefix+"affiliation_other", tt.entity)
			c.posting.press(f, "")
			c.posting.want(http.StatusOK, c.wizard.Form.Sections[3].Title.In(l))
			c.wantSaved(t, "affiliations", want)
		})
	}
}

func TestLanguageSwitchDecidesNoConflict(t *testing.T) {
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				c := openConflict(t, newSite(t, settings{drafts: open}), l, "interests",
					url.Values{"goals": {"Theirs"}, "expertise_other": {"Theirs"}}, url.Values{"goals": {"Mine\r\n\r\nin lines"}, "por_research_other": {"Mine"}})
				before := c.dump(t)
				c.posting.press(c.form, "")
				f := c.posting.wantConflict(l, map[string]string{"goals": "mine", "expertise_other": "theirs", "por_research_other": "mine"})
				f.set(choicePrefix+"expertise_other", "mine")
				f.set(choicePrefix+"por_research_other", "theirs")
				for _, now := range []i18n.Lang{l.Other(), l, l.Other()} {
					c.posting.press(f, i18n.T(now, "lang.name"))
					f = c.posting.wantConflict(now, map[string]string{"goals": "mine", "expertise_other": "mine", "por_research_other": "theirs"})
					if lang := attribute(elements(c.posting.page.root, isTag("html"))[0], "lang"); lang != now.Tag() {
						t.Errorf("the page is in %s", lang)
					}
				}
				if after := c.dump(t); after != before {
					t.Errorf("the switch has saved\n%s", after)
				}
				c.posting.press(f, i18n.T(l.Other(), "merge.use"))
				c.posting.want(http.StatusOK, i18n.T(l.Other(), "check.title"))
				was := c.form.control("expertise_other").values
				c.wantSaved(t, "interests", url.Values{"goals": {"Mine\n\nin lines"}, "expertise_other": was})
				if got := c.saved.form("").control("por_research_other").values[0]; got == "Mine" {
					t.Error("what was chosen in one language is forgotten in the other")
				}
			})
		}
	}
}
