package web

import (
	"slices"
	"strings"
	"testing"

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
