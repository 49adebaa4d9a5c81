package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// leave leaves this browser by the page for it.
func (v *visitor) leave(l i18n.Lang) {
	v.t.Helper()
	v.open("/" + string(l) + "/apply/leave")
	v.pressButton(i18n.T(l, "leave.button"))
	v.want(http.StatusOK, i18n.T(l, "landing.title"))
	v.wantNote(l, "note.left")
	if v.cookie() != "" {
		v.t.Errorf("the browser still has the cookie %q", v.cookie())
	}
}

// wantNothingOf wants no page to show a word of the person before. The paths lead to the
// landing page, to the empty form, or to a page that says nothing of an application.
func (v *visitor) wantNothingOf(l i18n.Lang, words ...string) {
	v.t.Helper()
	for _, path := range []string{"", "/apply", "/apply/about", "/apply/role", "/apply/check", "/apply/later", "/apply/phone", "/apply/delete", "/apply/sent", "/apply/receipt", "/apply/receipt.pdf", "/apply/leave", "/apply/closed", "/resume", "/code"} {
		for _, htmx := range []bool{false, true} {
			address := "/" + string(l) + path
			if v.open(address); htmx {
				v.htmx(http.MethodGet, v.page.url.String(), nil)
			}
			for _, word := range words {
				if strings.Contains(v.page.body, word) {
					v.t.Errorf("%s shows the next person %q", address, word)
				}
			}
		}
	}
}

// TestEachPageLeadsToTheWayOut opens the pages of a browser that holds something, as a
// browser and as htmx do.
func TestEachPageLeadsToTheWayOut(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		home, leave := "/"+string(l), "/"+string(l)+"/apply/leave"
		v := s.visitor(t)
		want := func(state string, paths ...string) {
			t.Helper()
			for _, path := range paths {
				for _, p := range []*htmlPage{v.request(http.MethodGet, path, nil), v.htmx(http.MethodGet, path, nil)} {
					words := "leave.title"
					if path == home {
						words = "landing.leave"
					}
					if got := p.link(i18n.T(l, words)); p.status != http.StatusOK || got != leave {
						t.Errorf("with %s, %s is %d and leads out to %q", state, path, p.status, got)
					}
				}
			}
		}
		for _, p := range []*htmlPage{v.open(home), v.open(home + "/apply/about")} {
			if strings.Contains(p.body, leave) {
				t.Errorf("%s leads out of a browser that holds nothing", p.url.Path)
			}
		}
		if v.open(leave); v.page.url.Path != home {
			t.Errorf("a browser that holds nothing is led to %s", v.page.url.Path)
		}
		v.saveDraft(l, "Ada")
		want("a draft", home, home+"/apply/later")
		v.continueAndSend(l)
		want("an application", home, home+"/apply/sent", home+"/apply/receipt")
		v.open(s.link(t, 1))
		want("a membership", v.page.url.Path, home, home+"/apply/sent", home+"/apply/receipt")
	}
}

// TestTwoPeopleShareABrowser has the first leave with a draft, with an application, and
// as a member. The second applies. Nothing of the first is shown, and nothing is lost.
func TestTwoPeopleShareABrowser(t *testing.T) {
	t.Parallel()
	for state, reach := range map[string]func(s *site, v *visitor){
		"draft":   func(*site, *visitor) {},
		"waiting": func(_ *site, v *visitor) { v.continueAndSend(i18n.English) },
		"member":  func(s *site, v *visitor) { v.continueAndSend(i18n.English); v.open(s.link(t, 1)) },
	} {
		for drafts, open := range storeOpeners {
			t.Run(state+" "+drafts, func(t *testing.T) {
				t.Parallel()
				l := i18n.English
				s := newSite(t, settings{drafts: open})
				shared := s.visitorWithDraft(t, l, "Ada")
				reach(s, shared)
				before := s.recordsOf(t)
				shared.open("/en/apply/leave")
				if words := shared.page.body; strings.Contains(words, "Ada") || strings.Contains(words, mailboxOf("Ada")) {
					t.Errorf("the page for leaving shows answers: %s", words)
				}
				secret := shared.cookie()
				shared.leave(l)
				if _, err := s.wizard.Session(t.Context(), secret); !errors.Is(err, wizard.ErrNoDraft) {
					t.Errorf("the secret that the browser had still opens the draft: %v", err)
				}
				shared.wantNothingOf(l, "Ada", mailboxOf("Ada"), testWord)
				if after := s.recordsOf(t); after != before {
					t.Errorf("leaving has changed\n%s\nto\n%s", before, after)
				}
				letters := len(s.letters(t))
				shared.saveDraft(l, "Bob")
				shared.wantDraft(l, "Bob")
				shared.continueAndSend(l)
				if to := s.letters(t)[0].To; len(s.letters(t)) != letters+1 || to != mailboxOf("Bob") {
					t.Errorf("the letter of the second person goes to %s", to)
				}
				shared.leave(l)
				shared.wantNothingOf(l, "Ada", "Bob")
				if state != "draft" {
					return
				}
				ada := s.visitor(t)
				ada.open(s.requestedLink(t, l, "Ada", letters+2))
				ada.pressButton(i18n.T(l, "landing.continue"))
				ada.wantDraft(l, "Ada")
			})
		}
	}
}

// recordsOf returns all records but the sessions.
func (s *site) recordsOf(t *testing.T) string {
	t.Helper()
	var lines []string
	sessions := false
	for line := range strings.Lines(s.dump(t)) {
		if strings.Contains(line, ": ") && !strings.HasPrefix(line, "'") {
			sessions = strings.HasPrefix(line, "sessions: ") || strings.HasPrefix(line, "proven_sessions: ")
		}
		if !sessions {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// TestLeavingIsSafeToRepeat presses the button twice, in a stale page, and while the store
// fails.
func TestLeavingIsSafeToRepeat(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	v := s.visitorWithDraft(t, l, "Ada")
	code := v.handoffCode(l)
	v.open("/en/apply/leave")
	stale := v.form(i18n.T(l, "leave.button"))
	p := v.request(http.MethodPost, stale.action, stale.values(nil))
	if got := p.header.Get("Clear-Site-Data"); got != `"cache"` {
		t.Errorf("Clear-Site-Data is %q", got)
	}
	v.press(stale, i18n.T(l, "leave.button"))
	v.wantNote(l, "note.left")
	v.saveDraft(l, "Bob")
	v.press(stale, i18n.T(l, "leave.button"))
	v.want(http.StatusOK, i18n.T(l, "leave.title"))
	v.wantNote(l, "note.switched")
	v.wantDraft(l, "Bob")
	phone := s.visitor(t)
	phone.post("/en/code", url.Values{"code": {code}})
	phone.wantDraft(l, "Ada")
	s.queue.DB.Close()
	if p := v.request(http.MethodPost, "/en/apply/leave", nil); p.status != http.StatusServiceUnavailable || len(p.header.Values("Set-Cookie")) > 0 {
		t.Errorf("while the store fails the answer is %d %v", p.status, p.header)
	}
}

func (v *visitor) handoffCode(l i18n.Lang) string {
	v.t.Helper()
	v.open("/" + string(l) + "/apply/phone")
	v.pressButton(i18n.T(l, "phone.make"))
	p, err := v.site.wizard.Progress(v.t.Context(), v.cookie())
	if err != nil {
		v.t.Fatal(err)
	}
	h, ok, err := v.site.resume.Handoff(v.t.Context(), p)
	if err != nil || !ok {
		v.t.Fatalf("there is no code: %v", err)
	}
	return h.Code
}

// TestAnotherPersonNoticesWhoseApplicationItIs on the form that changes the address.
func TestAnotherPersonNoticesWhoseApplicationItIs(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitorWithDraft(t, l, "Zoe")
		v.continueAndSend(l)
		for range 2 { // also with a problem
			if words := v.page.text(); !strings.Contains(words, i18n.T(l, "sent.wrong.whose")+" Zoe") {
				t.Errorf("the page does not say whose application it is: %s", words)
			}
			if got := v.page.link(i18n.T(l, "landing.leave")); got != "/"+string(l)+"/apply/leave" {
				t.Errorf("another person is led to %q", got)
			}
			f := v.form(i18n.T(l, "sent.readdress"))
			f.set("address", "no address")
			v.press(f, i18n.T(l, "sent.readdress"))
		}
	}
}

// TestAClosedDraftMakesRoomForAnother in its browser.
func TestAClosedDraftMakesRoomForAnother(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	v, owner := s.visitorWithDraft(t, l, "Ada"), s.visitor(t)
	owner.open(s.requestedLink(t, l, "Ada", 1))
	owner.pressButton("")
	v.wantClosed(l)
	v.pressLinkTo(i18n.T(l, "lost.title"))
	v.want(http.StatusOK, i18n.T(l, "lost.title"))
	v.open("/en/apply/closed")
	v.pressButton(i18n.T(l, "closed.anew.button"))
	v.wantNote(l, "note.left")
	v.saveDraft(l, "Bob")
	v.wantDraft(l, "Bob")
	if owner.open("/en/apply/closed"); owner.page.url.Path != "/en/apply/role" {
		t.Errorf("a browser that holds its draft is led to %s", owner.page.url.Path)
	}
	s.pass(time.Minute)
	v.open(s.requestedLink(t, l, "Ada", 2))
	v.pressButton(i18n.T(l, "resume.message.take"))
	v.wantDraft(l, "Ada")
	owner.wantDraft(l, "Ada")
}

// pressLinkTo opens the link with the given words.
func (v *visitor) pressLinkTo(words string) {
	v.t.Helper()
	v.open(v.page.link(words))
}
