package web

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestWithoutCookiesThePageKeepsTheAnswers presses each button of a section.
func TestWithoutCookiesThePageKeepsTheAnswers(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for _, l := range i18n.Languages {
		for _, button := range []string{i18n.T(l, "nav.continue"), i18n.T(l, "nav.later"), i18n.T(l.Other(), "lang.name")} {
			v := s.newcomer(t).blockCookies()
			f := v.openFirstSection(l)
			f.set("first_name", "Zoë")
			f.set("email", "zoe@gmial.com")
			shown := l
			if button == i18n.T(l.Other(), "lang.name") {
				shown = l.Other()
			}
			for range 2 {
				v.press(f, button)
				v.want(http.StatusUnprocessableEntity, s.wizard.Form.Sections[0].Title.In(shown))
				if words := v.page.text(); !strings.Contains(words, i18n.T(shown, "cookies.section")) || strings.Contains(words, i18n.Until(shown, s.now().Add(draftTTL), s.now())) {
					t.Errorf("%s says %s", button, words)
				}
				f = v.form("")
				if f.control("first_name").values[0] != "Zoë" || f.control("email").values[0] != "zoe@gmial.com" {
					t.Errorf("%s: the page has %v", button, f.values(nil))
				}
				if shown != l {
					break // the page of the other language has other words on its buttons
				}
			}
		}
	}
	if words := s.dump(t); !strings.Contains(words, "draft_access: 0") || !strings.Contains(words, "drafts: 0") || strings.Contains(words, "Zoë") {
		t.Errorf("without cookies there is %s", words)
	}
}

// TestALostCookieCostsOneMorePress clears the cookies of a browser while a page is open.
func TestALostCookieCostsOneMorePress(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.newcomer(t)
	f := v.openFirstSection(i18n.French)
	f.fill(answerFirst)
	v.client.Jar, _ = cookiejar.New(nil)
	v.press(f, i18n.T(i18n.French, "nav.continue"))
	v.want(http.StatusUnprocessableEntity, "À propos de vous")
	v.pressButton(i18n.T(i18n.French, "nav.continue"))
	v.want(http.StatusOK, s.wizard.Form.Sections[1].Title.In(i18n.French))
}

// TestAutosaveWithoutCookiesSaysSo is quiet about everything else.
func TestAutosaveWithoutCookiesSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for _, l := range i18n.Languages {
		v := s.newcomer(t).blockCookies()
		f := v.openFirstSection(l)
		f.fill(answerFirst)
		before := s.dump(t)
		p := v.htmx(http.MethodPost, "/"+string(l)+"/apply/about/save", f.values(nil), "HX-Target", "div#saving")
		if p.status != http.StatusUnprocessableEntity || !strings.Contains(p.text(), i18n.T(l, "saving.cookies")) || strings.Contains(p.text(), savedWords(l)) {
			t.Errorf("an autosave is told %d %s", p.status, p.text())
		}
		if s.dump(t) != before {
			t.Errorf("it has left %s", s.dump(t))
		}
	}
}

// wantNoteInBoth switches the language twice.
func (v *visitor) wantNoteInBoth(l i18n.Lang, title, note string) {
	v.t.Helper()
	for _, to := range []i18n.Lang{l.Other(), l} {
		v.pressButton(i18n.T(to, "lang.name"))
		v.want(http.StatusUnprocessableEntity, i18n.T(to, title))
		v.wantNote(to, note)
	}
}

// TestWithoutCookiesALinkAndACodeStayGood presses the button of a resume link, types a
// code, and reads why the draft does not open.
func TestWithoutCookiesALinkAndACodeStayGood(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		owner := s.visitorWithDraft(t, l, "Ada")
		code, link := owner.createCode(l), s.requestedLink(t, l, "Ada", 1)
		v := s.newcomer(t).blockCookies()
		v.open(link)
		before := s.dump(t)
		for range 6 { // more often than a wrong code may be typed
			v.pressButton(i18n.T(l, "landing.continue"))
			v.want(http.StatusUnprocessableEntity, i18n.T(l, "resume.open.title"))
			v.wantNote(l, "cookies.entry")
			v.wantNoteInBoth(l, "resume.open.title", "cookies.entry")
		}
		v.open("/" + string(l) + "/code")
		for range 6 {
			f := v.form("")
			f.set("code", code)
			v.press(f, "")
			v.want(http.StatusUnprocessableEntity, i18n.T(l, "code.title"))
			v.wantNote(l, "cookies.entry")
			v.wantNoteInBoth(l, "code.title", "cookies.entry")
			if typed := v.form("").control("code").values; typed[0] != code {
				t.Errorf("the page has the code %q", typed)
			}
		}
		if s.dump(t) != before {
			t.Errorf("without cookies there is\n%s\nwant\n%s", s.dump(t), before)
		}

		friend := s.visitor(t) // whose page is posted once more, as by a second press
		friend.open(link)
		f := friend.form("")
		friend.press(f, i18n.T(l, "landing.continue"))
		before = s.dump(t)
		if v.post(f.action, f.values(nil)); s.dump(t) != before {
			t.Errorf("a used link gives a browser without cookies a session:\n%s", s.dump(t))
		}
	}
}

// TestAConfirmationNeedsNoCookie confirms with the link, and with the code on its page.
func TestAConfirmationNeedsNoCookie(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	s.visitor(t).send(l, answerFirst)
	v := s.newcomer(t).blockCookies()
	v.open(s.link(t, 1))
	v.pressButton(i18n.T(l, "link.confirm"))
	s.applyChoices(t)
	if n := len(s.allMembers(t)); n != 1 {
		t.Errorf("there are %d members, want 1", n)
	}
}

// TestAPostWithoutCookiesIsNotToldThatADraftEnded posts from a page about a draft that
// this browser held before it lost its cookies.
func TestAPostWithoutCookiesIsNotToldThatADraftEnded(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for _, path := range []string{"/apply/later", "/apply/phone", "/apply/delete"} {
		for _, l := range i18n.Languages {
			v := s.newcomer(t).blockCookies()
			v.post("/"+string(l)+path, url.Values{"address": {"zoe@example.org"}})
			v.want(http.StatusUnprocessableEntity, i18n.T(l, "landing.title"))
			v.wantNote(l, "note.cookies")
		}
	}
}

// TestWithoutCookiesAPostSaysWhatItDid wants the note in the answer, and the page there to
// lead on as usual.
func TestWithoutCookiesAPostSaysWhatItDid(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.newcomer(t).blockCookies()
		wants := func(path, title, note string) {
			t.Helper()
			v.wantNote(l, note)
			if v.page.h1() != i18n.T(l, title) || v.page.link("language") != "/"+string(l.Other())+path {
				t.Errorf("the page %q leads to %q", v.page.h1(), v.page.link("language"))
			}
		}
		v.post("/"+string(l)+"/resume", url.Values{"address": {"zoe@hospital.example"}})
		v.pressButton(i18n.T(l, "lost.send"))
		wants("/resume", "lost.title", "note.asked")

		s.visitorWithDraft(t, l, "Ada")
		old := s.requestedLink(t, l, "Ada", 1)
		s.pass(linkTTL)
		v.open(old)
		v.pressButton(i18n.T(l, "link.renew"))
		wants(strings.TrimPrefix(old, s.url+"/"+string(l)), "resume.late.title", "note.fresh")
		v.open(s.link(t, 2) + "/delete")
		v.pressButton(i18n.T(l, "delete.button"))
		wants("", "landing.title", "note.deleted")

		s.visitor(t).send(l, answerFirst)
		link := s.confirmLink(t)
		path := strings.TrimPrefix(link, s.url+"/"+string(l))
		v.post(link, url.Values{"choice": {"yes"}})
		wants(path, "link.open.title", "note.once_more")
		v.post(link+"/not-mine", url.Values{"choice": {"delete"}})
		wants(path+"/not-mine", "not_mine.title", "note.once_more")
	}
}
