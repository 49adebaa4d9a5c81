package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// applyAs fills in the form with a role, up to the check page.
func (v *visitor) applyAs(l i18n.Lang, roles ...string) {
	v.t.Helper()
	v.press(v.openFirstSection(l), "")
	f := v.form("")
	f.set("roles", roles...)
	v.press(f, "")
	v.answerSections(answerFirst)
	v.wantAt("/" + string(l) + "/apply/check")
}

func (v *visitor) wantAt(uri string) {
	v.t.Helper()
	if got := v.page.url.RequestURI(); got != uri {
		v.t.Fatalf("the page is %s, want %s", got, uri)
	}
}

// wantStep wants the page to be a step of so many.
func (v *visitor) wantStep(l i18n.Lang, step, steps int) {
	v.t.Helper()
	if want := i18n.T(l, "section.step", step, steps); !strings.Contains(v.page.text(), want) {
		v.t.Errorf("%s does not say %q", v.page.url, want)
	}
}

func TestStepsAreCountedOverTheSectionsThatAreAsked(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v, home := newSite(t, settings{}).visitor(t), "/"+string(l)+"/apply"
		v.applyAs(l, "patient", "caregiver")
		v.wantStep(l, 4, 4)
		v.pressButton(v.backButton())
		v.wantAt(home + "/interests")
		v.wantStep(l, 3, 4)
		v.pressButton(v.backButton())
		v.wantAt(home + "/role")
		v.wantStep(l, 2, 4)
		f := v.form("")
		f.set("roles", "clinician") // an earlier answer
		v.press(f, "")
		f = v.form("")
		v.press(f, "") // without a profession
		v.wantAt(home + "/affiliations")
		v.wantStep(l, 3, 5)
		v.open(home + "/check")
		v.wantAt(home + "/affiliations?from=check")
		v.open(home + "/affiliations")
		v.press(v.form(""), "")
		v.wantAt(home + "/interests")
		v.wantStep(l, 4, 5)
		v.pressButton(v.backButton())
		v.wantAt(home + "/affiliations")
	}
}

// A section that is not asked leads on, and what is posted to it is not lost.
func TestASectionThatIsNotAskedLeadsOn(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.applyAs(i18n.English, "patient")
	v.open("/en/apply/affiliations")
	v.wantAt("/en/apply/check")
	if notes := v.page.notes(); len(notes) > 0 {
		t.Errorf("a section that is not asked leads on with %q", notes)
	}
	v.post("/en/apply/affiliations", url.Values{"university": {"Laval"}})
	v.want(http.StatusOK, "")
	v.open("/en/apply/check")
	if !strings.Contains(v.page.text(), "Laval") {
		t.Errorf("what was posted is lost: %s", v.page.text())
	}
}

// What was answered under an earlier role is seen before it is sent.
func TestAnswersOfAnEarlierRoleAreOnTheCheckPage(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.applyAs(i18n.English, "researcher")
	v.open("/en/apply/role?from=check")
	f := v.form("")
	f.set("roles", "citizen")
	v.press(f, "")
	v.wantAt("/en/apply/check")
	v.wantStep(i18n.English, 5, 5)
	if !strings.Contains(v.page.text(), testWord+" l’été") {
		t.Error("the affiliation is gone")
	}
}

func TestTheCheckPageAddsAnAffiliation(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v, home := newSite(t, settings{}).visitor(t), "/"+string(l)+"/apply"
		section, _ := v.site.wizard.Form.Section("affiliations")
		add := section.Add.In(l)
		v.applyAs(l, "patient")
		if strings.Contains(v.page.text(), section.Title.In(l)) {
			t.Error("the check page shows affiliations that were not asked")
		}
		v.pressButton(add)
		v.wantAt(home + "/affiliations?from=check")
		if !strings.Contains(v.page.text(), i18n.T(l, "section.optional")) {
			t.Error("what is added is not said to be optional")
		}
		if strings.Contains(v.page.text(), i18n.T(l, "section.step", 0, 4)) {
			t.Error("what is added is a step")
		}
		v.press(v.form(""), "") // nothing after all
		v.wantAt(home + "/check")

		v.pressButton(add)
		f := v.form("")
		f.set("affiliation_other", "Guilde des luthiers")
		v.press(f, "")
		v.wantAt(home + "/check")
		v.wantStep(l, 5, 5)
		if !strings.Contains(v.page.text(), "Guilde des luthiers") || strings.Contains(v.page.text(), add) {
			t.Errorf("the affiliation is not on the check page, or can be added again: %s", v.page.text())
		}

		v.open(home + "/affiliations?from=check")
		f = v.form("")
		f.set("affiliation_other", "")
		v.press(f, "")
		v.wantAt(home + "/check")
		v.wantStep(l, 4, 4)
		if strings.Contains(v.page.text(), "Guilde des luthiers") || !strings.Contains(v.page.text(), add) {
			t.Errorf("the affiliation is still there, or cannot be added again: %s", v.page.text())
		}
	}
}

// What is chosen below an option stands there, and a folded list is open when it has an
// answer.
func TestFollowUpsStandBelowTheOptionThatAddsThem(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.press(v.openFirstSection(i18n.English), "")
	f := v.form("")
	f.set("roles", "trainee", "other")
	v.press(f, "")
	for place, question := range map[string]string{"roles-trainee-more": "trainee_level", "roles-other-more": "role_other"} {
		if below := v.page.byID(place); below == nil || len(elements(below, hasAttr("id", question+"-field"))) == 0 {
			t.Errorf("%s is not in %s", question, place)
		}
	}
}

func TestAFoldedListIsOpenWhenItHasAnAnswer(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.applyAs(i18n.French, "patient")
	for _, tt := range []struct {
		chosen []string
		open   int
	}{{nil, 0}, {[]string{"clinical"}, 1}, {[]string{"ethics_law"}, 2}} {
		v.open("/fr/apply/interests")
		f := v.form("")
		f.set("expertise", tt.chosen...)
		v.press(f, "")
		v.open("/fr/apply/interests")
		open := 0
		for _, e := range elements(v.page.root, isTag("details")) {
			if hasAttribute(e, "open") {
				open++
			}
		}
		if open != tt.open {
			t.Errorf("with %q, %d lists are open, want %d", tt.chosen, open, tt.open)
		}
	}
}
