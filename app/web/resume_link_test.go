package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// visitorWithDraft returns a visitor with a draft, which has the given first name.
func (s *site) visitorWithDraft(t *testing.T, l i18n.Lang, name string) *visitor {
	t.Helper()
	v := s.visitor(t)
	v.saveDraft(l, name)
	return v
}

func (v *visitor) saveDraft(l i18n.Lang, name string) {
	v.t.Helper()
	f := v.openFirstSection(l)
	f.set("first_name", name)
	f.set("email", mailboxOf(name))
	v.press(f, "")
	v.want(http.StatusOK, "")
}

func mailboxOf(name string) string { return strings.ToLower(name) + "@hospital.example" }

// wantDraft wants the browser to hold the draft with the given first name; "": none.
func (v *visitor) wantDraft(l i18n.Lang, name string) {
	v.t.Helper()
	if v.open("/" + string(l) + "/apply/about"); v.page.byID("questions") == nil {
		v.t.Fatalf("this browser is shown %q at %s", v.page.h1(), v.page.url.Path)
	}
	if got := v.form("").control("first_name").values[0]; got != name {
		v.t.Errorf("this browser holds the draft of %q, want %q", got, name)
	}
}

// wantClosed wants the draft to be closed in this browser, whatever page it opens.
func (v *visitor) wantClosed(l i18n.Lang) {
	v.t.Helper()
	for _, path := range []string{"", "/about", "/check", "/later", "/phone", "/delete", "/sent", "/receipt"} {
		v.open("/" + string(l) + "/apply" + path)
		v.want(http.StatusOK, i18n.T(l, "closed.title"))
	}
}

// continueAndSend completes the draft and submits the application.
func (v *visitor) continueAndSend(l i18n.Lang) {
	v.t.Helper()
	v.open("/" + string(l) + "/apply")
	v.answerSections(answerFirst)
	f := v.form(i18n.T(l, "check.send"))
	f.fill(answerFirst)
	v.press(f, i18n.T(l, "check.send"))
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
}

func TestLinkContinuesInAnotherBrowser(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		owner := s.visitorWithDraft(t, l, "Ada")
		at := s.now().In(time.Local)
		s.pass(time.Hour)
		saved := i18n.When(l, at, s.now())
		link := s.requestedLink(t, l, "Ada", 1)
		if !strings.HasPrefix(link, s.url+"/"+string(l)+"/resume/") {
			t.Fatalf("the link is %s", link)
		}
		other := s.visitor(t)
		other.open(link)
		other.want(http.StatusOK, i18n.T(l, "resume.open.title"))
		role, _ := s.wizard.Form.Section("role")
		words := other.page.text()
		if !strings.Contains(words, i18n.T(l, "resume.message.others")) {
			t.Errorf("the page does not say whose it is: %s", words)
		}
		for _, want := range []string{saved, i18n.Until(l, s.now().Add(draftTTL-time.Hour).In(time.Local), s.now()), role.Title.In(l)} {
			if !strings.Contains(words, want) {
				t.Errorf("the page does not name the draft by %q: %s", want, words)
			}
		}
		if strings.Contains(words, "Ada") || strings.Contains(words, "hospital") {
			t.Errorf("the page shows answers: %s", words)
		}
		other.pressButton(i18n.T(l, "landing.continue"))
		if got := other.page.url.Path; got != "/"+string(l)+"/apply/role" {
			t.Errorf("the button leads to %s", got)
		}
		other.wantNote(l, "note.closed_other")
		other.wantDraft(l, "Ada")
		owner.wantClosed(l)
		if owner.cookie() == other.cookie() {
			t.Error("two browsers have the same secret")
		}
	}
}

// TestEachStatusOfAResumeLink opens links that give no browser the draft, and presses
// all their buttons.
func TestEachStatusOfAResumeLink(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		status    int
		standing  string
		renewable bool
		then      func(t *testing.T, s *site, owner *visitor, link string) string
	}{
		{"used", 200, "used", true, func(t *testing.T, s *site, _ *visitor, link string) string {
			v := s.visitor(t)
			v.open(link)
			v.pressButton("")
			return link
		}},
		{"too old", 200, "late", true, func(_ *testing.T, s *site, _ *visitor, link string) string {
			s.pass(linkTTL)
			return link
		}},
		{"its draft has ended", 410, "gone", false, func(_ *testing.T, s *site, _ *visitor, link string) string {
			s.pass(draftTTL)
			return link
		}},
		{"its draft was deleted", 404, "mistyped", false, func(t *testing.T, s *site, owner *visitor, link string) string {
			if err := s.deleteDraft(t.Context(), owner.cookie()); err != nil {
				t.Fatal(err)
			}
			return link
		}},
		{"a letter less", 404, "cut", false, func(_ *testing.T, _ *site, _ *visitor, link string) string { return link[:len(link)-1] }},
		{"mail goes elsewhere now", 410, "superseded", false, func(t *testing.T, s *site, owner *visitor, link string) string {
			owner.changeDraftEmail("Bob")
			return link
		}},
		{"its draft was sent", 410, "finished", false, func(_ *testing.T, _ *site, owner *visitor, link string) string {
			owner.continueAndSend(i18n.English)
			return link
		}},
	}
	for _, tt := range tests {
		for _, l := range i18n.Languages {
			t.Run(tt.name+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{})
				owner := s.visitorWithDraft(t, l, "Ada")
				link := tt.then(t, s, owner, s.requestedLink(t, l, "Ada", 1))
				v := s.visitor(t)
				v.open(link)
				v.want(tt.status, i18n.T(l, "resume."+tt.standing+".title"))
				if again := len(v.page.forms()) == 1 && v.form(i18n.T(l, "link.renew")).action != ""; again != tt.renewable || len(v.page.forms()) > 1 {
					t.Errorf("there are %d forms, and a fresh link can be had: %v, want %v", len(v.page.forms()), again, tt.renewable)
				}
				ways, start := v.page.link(i18n.T(l, "resume.ways")), v.page.link(i18n.T(l, "landing.start"))
				if tt.standing == "finished" {
					ways, start = v.page.link(i18n.T(l, "lost.title")), "/"+string(l)+"/apply" // there is nothing to fill in
				}
				if ways != "/"+string(l)+"/resume" || start != "/"+string(l)+"/apply" {
					t.Errorf("the page leads on to %q and %q", ways, start)
				}
				if strings.Contains(v.page.text(), mailboxOf("Ada")) {
					t.Error("the page tells the address")
				}
				v.post(link, url.Values{"press": {"A"}, "other": {"B"}})
				v.want(tt.status, i18n.T(l, "resume."+tt.standing+".title"))
				if v.cookie() != "" {
					t.Error("a browser received the draft")
				}
			})
		}
	}
}

// TestOwnLinkLeadsOn opens a link in the browser that holds its draft, which proves the
// mailbox: another that comes in by a link does not close the draft there.
func TestOwnLinkLeadsOn(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	owner := s.visitorWithDraft(t, i18n.English, "Ada")
	link := s.requestedLink(t, i18n.English, "Ada", 1)
	before := s.dump(t)
	owner.request(http.MethodHead, link, nil)
	if after := s.dump(t); after != before {
		t.Errorf("HEAD has written:\n%s", after)
	}
	for range 2 {
		if owner.open(link); owner.page.url.Path != "/en/apply/role" {
			t.Errorf("the link leads to %s", owner.page.url.Path)
		}
	}
	v := s.visitor(t)
	v.open(link)
	v.pressButton("")
	s.pass(linkTTL)
	for _, by := range []*visitor{owner, v} { // also after it was used and has expired
		if by.open(link); by.page.url.Path != "/en/apply/role" {
			t.Errorf("the link leads to %s", by.page.url.Path)
		}
	}
}
