package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

func TestEveryButtonOfTheReviewPageKeepsTheConsents(t *testing.T) {
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.apply(l, answerFirst)
				tick := func(given ...string) *htmlForm {
					f := v.form(i18n.T(l, "check.send"))
					f.set("given", given...)
					return f
				}
				v.press(tick("consent_privacy", "consent_news"), v.changeButton("roles"))
				v.want(http.StatusOK, s.wizard.Form.Sections[1].Title.In(l))
				v.press(v.form(""), "")
				v.wantConsents(l, "consent_privacy", "consent_news")
				v.press(tick("consent_directory"), v.changeButton("health_research"))
				v.pressButton(v.backButton())
				v.wantConsents(l, "consent_directory")
				v.press(tick("consent_news"), v.backButton())
				v.want(http.StatusOK, s.wizard.Form.Sections[3].Title.In(l))
				v.open("/" + string(l) + "/apply/check")
				v.wantConsents(l, "consent_news")

				v.press(tick("consent_privacy"), i18n.T(l, "nav.later"))
				v.want(http.StatusOK, i18n.T(l, "later.title"))
				v.open(v.page.link(i18n.T(l, "later.now")))
				v.wantConsents(l, "consent_privacy")
				v.press(tick(), i18n.T(l, "nav.later"))
				v.open("/" + string(l))
				v.open(v.page.link("primary"))
				v.wantConsents(l)
			})
		}
	}
}

// TestLeavingTheReviewPageIsASave wants a cookie with the new life of the draft.
func TestLeavingTheReviewPageIsASave(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.apply(l, answerFirst)
	s.pass(7 * 24 * time.Hour)
	for _, button := range []string{i18n.T(l, "nav.later"), i18n.T(l.Other(), "lang.name"), v.changeButton("email")} {
		f := v.form(button)
		p := v.request(http.MethodPost, f.action, f.values(f.button(button)))
		if p.status != http.StatusSeeOther || !strings.Contains(p.header.Get("Set-Cookie"), v.cookie()) {
			t.Errorf("%s: %d %v, want 303 and the same cookie once more", button, p.status, p.header)
		}
	}
	v.open("/en/apply/later")
	if want := i18n.Until(l, s.now().Add(draftTTL).In(time.Local), s.now()); !strings.Contains(v.page.text(), want) {
		t.Errorf("the page does not say %q: %s", want, v.page.text())
	}
}

// TestChangeOfARemovedSectionSubmitsNothing presses a button of a page that is older
// than the form.
func TestChangeOfARemovedSectionSubmitsNothing(t *testing.T) {
	t.Parallel()
	l := i18n.English
	v := newSite(t, settings{}).visitor(t)
	v.apply(l, answerFirst)
	v.post("/en/apply/check", url.Values{"do": {"change:nowhere"}, "given": {"consent_privacy"}})
	v.wantConsents(l, "consent_privacy")
}
