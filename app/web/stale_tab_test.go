package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestAReloadAfterAPostLeadsToThePage opens addresses that only take posts.
func TestAReloadAfterAPostLeadsToThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.French, answerFirst)
	link, err := url.Parse(s.link(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	before := s.dump(t)
	for address, want := range map[string]string{
		"/fr/apply/sent/again":           "/fr/apply/sent",
		"/fr/apply/sent/correct":         "/fr/apply/sent",
		"/en/apply/sent/again":           "/en/apply/sent",
		link.Path + "/renew":             link.Path,
		"/en/confirm/nothing-mine/renew": "/en/confirm/nothing-mine",
		"/fr/apply/leave/link":           "/fr/apply/leave",
		link.Path + "/who":               link.Path,
	} {
		for _, by := range []*visitor{v, s.visitor(t)} {
			for _, p := range []*htmlPage{by.request(http.MethodGet, address, nil), by.htmx(http.MethodGet, address, nil)} {
				if p.status != http.StatusSeeOther || p.header.Get("Location") != want || len(p.header.Values("Set-Cookie")) > 0 {
					t.Errorf("%s is %d %v, want 303 to %s", address, p.status, p.header, want)
				}
			}
		}
	}
	if after := s.dump(t); after != before {
		t.Errorf("a reload has left\n%s", after)
	}
	if letters := s.letters(t); len(letters) != 1 {
		t.Errorf("there are %d letters, want 1", len(letters))
	}
}

// TestAStaleTabShowsTheMembership presses and opens the buttons and links of pages
// from before the confirmation.
func TestAStaleTabShowsTheMembership(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			l := i18n.English
			v := s.visitor(t)
			v.apply(l, answerFirst)
			check := v.form(i18n.T(l, "check.send"))
			check.fill(answerFirst)
			v.press(check, i18n.T(l, "check.send"))
			v.open(s.link(t, 1))
			v.want(http.StatusOK, i18n.T(l, "link.used.title"))
			s.letters(t) // the welcome goes out
			before := s.dump(t)

			member := i18n.T(l, "sent.confirmed.title")
			v.press(check, i18n.T(l, "check.send"))
			v.want(http.StatusOK, member)
			v.open("/en/apply/check")
			v.want(http.StatusOK, member)
			check.set("given")
			v.press(check, i18n.T(l, "check.send"))
			v.want(http.StatusOK, member)
			v.post("/en/apply/sent/again", nil)
			v.want(http.StatusOK, member)
			v.press(check, i18n.T(l.Other(), "lang.name"))
			v.want(http.StatusOK, i18n.T(l.Other(), "sent.confirmed.title"))
			if after := s.dump(t); after != before {
				t.Errorf("a stale tab has left\n%s", after)
			}
		})
	}
}

// TestASectionMadeIncompleteLeadsBackToTheReviewPage changes a role so that the form
// asks for affiliations.
func TestASectionMadeIncompleteLeadsBackToTheReviewPage(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	l := i18n.English
	v.press(v.openFirstSection(l), "")
	f := v.form("")
	f.set("roles", "patient")
	v.press(f, "")
	v.answerSections(answerFirst)
	v.open("/en/apply/role?from=check")
	f = v.form("")
	f.set("roles", "researcher")
	v.press(f, "")
	v.wantNote(l, "note.order")
	wantFromReview(t, v, l)
	v.press(v.form(""), "")
	v.want(http.StatusUnprocessableEntity, "")
	wantFromReview(t, v, l)
	v.press(v.form(""), i18n.T(l.Other(), "lang.name"))
	wantFromReview(t, v, l.Other())
	f = v.form("")
	f.set("affiliation_other", "Guilde des luthiers")
	v.press(f, "")
	v.want(http.StatusOK, i18n.T(l.Other(), "check.title"))
	if !strings.Contains(v.page.text(), "Guilde des luthiers") {
		t.Errorf("the check page does not show the affiliation: %s", v.page.text())
	}
}

func wantFromReview(t *testing.T, v *visitor, l i18n.Lang) {
	t.Helper()
	page := "/" + string(l) + "/apply/affiliations"
	if v.page.url.Path != page || v.page.url.Query().Get("from") != "check" || v.page.url.Query().Has("?from") {
		t.Errorf("the way leads to %s, want %s from the check page", v.page.url, page)
	}
	if f := v.form(""); f.action != page+"?from=check" {
		t.Errorf("the form goes to %s", f.action)
	}
	if back := v.backButton(); !strings.Contains(back, i18n.T(l, "check.title")) {
		t.Errorf("the way back is %s", back)
	}
}
