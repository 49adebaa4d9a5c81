package web

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

func TestReviewPageNamesDroppedQuestions(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.apply(l, answerFirst)
		pronouns := s.wizard.Form.Field("pronouns").Label.In(l)
		v.open("/" + string(l) + "/apply/check")
		if strings.Contains(v.page.text(), i18n.T(l, "section.dropped")) {
			t.Error("the page says that something is no longer asked")
		}
		s.changeForm(t, editedForm(t, func(form formSource) {
			about := form.section("about")
			about["fields"] = slices.DeleteFunc(about["fields"].([]any), func(f any) bool { return f.(map[string]any)["key"] == "pronouns" })
		}))
		v.open("/" + string(l) + "/apply/check")
		if want := i18n.T(l, "section.dropped") + " " + pronouns; !strings.Contains(v.page.text(), want) {
			t.Errorf("the page does not say %q: %s", want, v.page.text())
		}
	}
}

// TestAnUnfinishedSectionDoesNotLeadToTheReviewPage leaves the first section
// incomplete before any other section was opened.
func TestAnUnfinishedSectionDoesNotLeadToTheReviewPage(t *testing.T) {
	t.Parallel()
	l := i18n.French
	v := newSite(t, settings{}).visitor(t)
	v.saveFirstSection(l)
	v.open("/fr/apply/check")
	v.wantNote(l, "note.order")
	if got := v.page.url.RequestURI(); got != "/fr/apply/about" {
		t.Errorf("the check page leads to %s", got)
	}
	if v.press(v.form(""), ""); v.page.url.Path != "/fr/apply/role" {
		t.Errorf("after the first section comes %s", v.page.url.Path)
	}
}

// TestQuestionsLeftBlankAreFolded leaves every optional question blank, and answers one of
// them from the review page.
func TestQuestionsLeftBlankAreFolded(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.open("/" + string(l) + "/apply/about")
		for !strings.HasSuffix(v.page.url.Path, "/check") {
			f := v.form("")
			f.fill(answerFirst)
			for _, section := range v.site.wizard.Form.Sections {
				for _, field := range section.Fields {
					if !field.Required && f.control(field.Key) != nil {
						f.set(field.Key, "")
					}
				}
			}
			v.press(f, "")
		}
		folded := func() (*html.Node, int) {
			all := elements(v.page.root, isTag("details"))
			if len(all) != 1 {
				t.Fatalf("%d parts are folded", len(all))
			}
			return all[0], len(elements(all[0], hasClass("row")))
		}
		blank, n := folded()
		if want := i18n.N(l, "check.blank", n); text(elements(blank, isTag("summary"))[0]) != want || n == 0 || hasAttribute(blank, "open") {
			t.Errorf("folded is %q, want %s", text(blank), want)
		}
		for _, shown := range elements(v.page.root, hasClass("row")) {
			if answered := len(elements(shown, isTag("dd"))) > 1; answered == slices.Contains(elements(blank, hasClass("row")), shown) {
				t.Errorf("%q is answered: %v", text(shown), answered)
			}
		}
		v.pressButton(v.changeButton("pronouns"))
		v.pressButton(v.backButton())
		if blank, _ := folded(); !hasAttribute(blank, "open") {
			t.Error("the row to which Back leads is folded")
		}
		v.pressButton(v.changeButton("pronouns"))
		f := v.form("")
		f.set("pronouns", "iel")
		v.press(f, "")
		if blank, left := folded(); left != n-1 || hasAttribute(blank, "open") {
			t.Errorf("after an answer %d of %d are left", left, n)
		}
	}
}
