package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

func TestOldLinkGivesAFreshOne(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		s.visitorWithDraft(t, l, "Ada")
		old := s.requestedLink(t, l, "Ada", 1)
		s.pass(linkTTL)
		v := s.visitor(t)
		v.open(old)
		v.want(http.StatusOK, i18n.T(l, "resume.late.title"))
		if words := v.page.text(); !strings.Contains(words, "a•••@hospital.example") || strings.Contains(words, mailboxOf("Ada")) {
			t.Errorf("the page names the mailbox so: %s", words)
		}
		v.pressButton(i18n.T(l, "link.renew"))
		v.want(http.StatusOK, i18n.T(l, "resume.late.title"))
		v.wantNote(l, "note.fresh")
		fresh := s.link(t, 2)
		if letters := s.letters(t); letters[0].To != mailboxOf("Ada") {
			t.Errorf("the letter went to %s", letters[0].To)
		}
		v.open(fresh)
		v.pressButton(i18n.T(l, "landing.continue"))
		v.wantDraft(l, "Ada")
	}
}

// TestFreshLinksStayWithinTheBudget wants the page to say when the link goes out if the
// budget allows no letter yet.
func TestFreshLinksStayWithinTheBudget(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	s.visitorWithDraft(t, l, "Ada")
	old := s.requestedLink(t, l, "Ada", 1)
	s.pass(linkTTL)
	v := s.visitor(t)
	for i := range s.limits.PerAddress.Max + 2 {
		v.open(old)
		v.pressButton(i18n.T(l, "link.renew"))
		v.wantNote(l, "note.fresh")
		if waits := v.page.byID("turn") != nil; waits != (i >= s.limits.PerAddress.Max) {
			t.Errorf("after %d links the page says %s", i+1, v.page.text())
		}
	}
	if letters := s.letters(t); len(letters) != 1+s.limits.PerAddress.Max {
		t.Errorf("there are %d letters, want %d", len(letters), 1+s.limits.PerAddress.Max)
	}
}

func TestLinksWithoutRenewalStayAsTheyAre(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	s.visitorWithDraft(t, i18n.English, "Ada")
	link := s.requestedLink(t, i18n.English, "Ada", 1)
	before := s.dump(t)
	v := s.visitor(t)
	for path, want := range map[string]string{link: "resume.open.title", s.url + "/en/resume/AAAA": "resume.cut.title"} {
		v.post(path+"/renew", nil)
		if got := v.page.h1(); got != i18n.T(i18n.English, want) || len(v.page.notes()) > 0 {
			t.Errorf("%s: %q %q", path, got, v.page.notes())
		}
		p := v.request(http.MethodGet, path+"/renew", nil) // reloaded after a failure
		if p.status != http.StatusSeeOther || s.url+p.header.Get("Location") != path {
			t.Errorf("%s/renew leads to %d %s", path, p.status, p.header.Get("Location"))
		}
	}
	if after := s.dump(t); after != before || len(s.letters(t)) != 1 {
		t.Errorf("something was written:\n%s", after)
	}
}

func TestDeleteByLink(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		owner := s.visitorWithDraft(t, l, "Ada")
		if err := s.sendResumeLink(t.Context(), owner.cookie(), mailboxOf("Ada"), l, ""); err != nil {
			t.Fatal(err)
		}
		link := s.link(t, 1)
		reader := s.visitor(t)
		reader.open(link + "/delete")
		reader.want(http.StatusOK, i18n.T(l, "delete.title"))
		words := reader.page.text()
		if want := s.wizard.Form.Sections[0].Title.In(l); !strings.Contains(words, want) {
			t.Errorf("the page does not name %q: %s", want, words)
		}
		if strings.Contains(words, "Ada") || strings.Contains(words, mailboxOf("Ada")) || !strings.Contains(words, "a•••@hospital.example") {
			t.Errorf("the page shows answers, or not where we would have written: %s", words)
		}
		keep := reader.page.link(i18n.T(l, "delete.keep"))
		reader.pressButton(i18n.T(l, "delete.button"))
		reader.want(http.StatusOK, i18n.T(l, "landing.title"))
		reader.wantNote(l, "note.deleted")
		owner.wantDraft(l, "")
		reader.open(keep)
		reader.want(http.StatusNotFound, i18n.T(l, "resume.mistyped.title"))
		reader.open(link + "/delete")
		reader.want(http.StatusNotFound, i18n.T(l, "resume.mistyped.title"))
		reader.post(link+"/delete", nil)
		reader.wantNote(l, "note.deleted")
	}
}

// TestAnEndedLinkDeletesNothing opens the link from the history of another person's
// browser.
func TestAnEndedLinkDeletesNothing(t *testing.T) {
	t.Parallel()
	l := i18n.English
	for standing, then := range map[string]func(s *site, owner *visitor, link string) *visitor{
		"used": func(s *site, _ *visitor, link string) *visitor {
			v := s.visitor(t)
			v.open(link)
			v.pressButton("")
			return v
		},
		"late":       func(s *site, owner *visitor, _ string) *visitor { s.pass(linkTTL); return owner },
		"superseded": func(_ *site, owner *visitor, _ string) *visitor { owner.changeDraftEmail("Bob"); return owner },
	} {
		s := newSite(t, settings{})
		owner := s.visitorWithDraft(t, l, "Ada")
		link := s.requestedLink(t, l, "Ada", 1)
		owner = then(s, owner, link)
		v := s.visitor(t)
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			v.follow(method, link+"/delete", nil)
			if got := v.page.h1(); got != i18n.T(l, "resume."+standing+".title") {
				t.Errorf("%s: %s leads to %q", standing, method, got)
			}
		}
		owner.wantDraft(l, "Ada")
	}
}

// TestDeleteByLinkLeavesOtherDrafts deletes in a browser that holds the draft, and in
// one that holds another.
func TestDeleteByLinkLeavesOtherDrafts(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	ada, bob := s.visitorWithDraft(t, l, "Ada"), s.visitorWithDraft(t, l, "Bob")
	link := s.requestedLink(t, l, "Ada", 1)
	bob.post(link+"/delete", nil)
	bob.wantNote(l, "note.deleted_other")
	bob.wantDraft(l, "Bob")
	ada.wantDraft(l, "")

	s.pass(time.Minute)
	cy := s.visitorWithDraft(t, l, "Cy")
	cy.post(s.requestedLink(t, l, "Cy", 2)+"/delete", nil)
	cy.wantNote(l, "note.deleted")
	if cy.cookie() != "" {
		t.Error("the browser still has the cookie of the draft")
	}
}
