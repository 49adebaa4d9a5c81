package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// links returns the links to drafts in the newest letter, by the ids of their drafts.
func (s *site) links(t *testing.T) map[string]string {
	t.Helper()
	links := make(map[string]string)
	for _, word := range strings.Fields(s.letters(t)[0].Text) {
		if _, token, ok := strings.Cut(word, "/resume/"); ok {
			l, err := s.resume.Link(t.Context(), token)
			if err != nil {
				t.Fatal(err)
			}
			links[l.Progress.DraftID()] = word
		}
	}
	return links
}

func (v *visitor) draftID() string {
	v.t.Helper()
	p, err := v.site.wizard.Progress(v.t.Context(), v.cookie())
	if err != nil {
		v.t.Fatal(err)
	}
	return p.DraftID()
}

// TestAStrangerDoesNotReadAlong has a stranger begin three drafts with the address of a
// victim, by the answer or by finish later. The victim opens one of them from a letter,
// and fills it in.
func TestAStrangerDoesNotReadAlong(t *testing.T) {
	t.Parallel()
	for _, later := range []bool{false, true} {
		for drafts, open := range storeOpeners {
			t.Run(map[bool]string{false: "answered", true: "finish later"}[later]+" "+drafts, func(t *testing.T) {
				t.Parallel()
				l := i18n.English
				s := newSite(t, settings{drafts: open})
				victim := s.visitorWithDraft(t, l, "Ada")
				var strangers []*visitor
				for range 3 {
					strangers = append(strangers, s.strangerWithDraft(t, l, "Ada", later))
				}
				stranger, own, theirs := strangers[1], victim.draftID(), strangers[1].draftID()
				stranger.open("/en/apply/about")
				page := stranger.form("")
				page.set("first_name", "Mallory")

				s.requestedLink(t, l, "Ada", len(s.letters(t))+1)
				links := s.links(t)
				if len(links) != 4 || links[own] == "" || links[theirs] == "" {
					t.Fatalf("the letter leads to %v, want all four, that of the victim among them", links)
				}
				reader := s.visitor(t)
				reader.open(links[theirs])
				reader.pressButton(i18n.T(l, "landing.continue"))
				reader.wantNote(l, "note.closed_other")
				reader.changeSection("/en/apply/about", url.Values{"first_name": {"Ada"}, "pronouns": {"SECRET"}})
				stranger.wantShutOut(l, page)
				reader.open("/en/apply/about")
				if f := reader.form(""); f.control("pronouns").values[0] != "SECRET" || f.control("first_name").values[0] != "Ada" {
					t.Errorf("the draft has %q and %q", f.control("first_name").values, f.control("pronouns").values)
				}
				victim.wantDraft(l, "Ada")
			})
		}
	}
}

// strangerWithDraft returns a visitor with a draft that names the mailbox of another
// person: as the answer or, if later, for a link.
func (s *site) strangerWithDraft(t *testing.T, l i18n.Lang, victim string, later bool) *visitor {
	t.Helper()
	s.pass(time.Hour + time.Minute) // within the budget of letters
	if !later {
		return s.visitorWithDraft(t, l, victim)
	}
	v := s.visitorWithDraft(t, l, "Mallory")
	v.open("/" + string(l) + "/apply/later")
	v.requestLink(l, mailboxOf(victim))
	return v
}

// wantShutOut wants a browser in which the draft was closed to see and to change nothing
// of it. The page was open there before.
func (v *visitor) wantShutOut(l i18n.Lang, page *htmlForm) {
	v.t.Helper()
	v.wantClosed(l)
	before := v.site.dump(v.t)
	for _, path := range []string{"delete", "phone", "later", "check", "sent/again", "sent/address", "leave/link"} {
		v.site.pass(time.Minute)
		v.post("/"+string(l)+"/apply/"+path, url.Values{"address": {"mallory@hospital.example"}, "given": {"consent_privacy"}})
		v.want(http.StatusOK, i18n.T(l, "closed.title"))
		if len(v.page.notes()) > 0 {
			v.t.Errorf("after a post to %s the page says %q", path, v.page.notes())
		}
	}
	for button, in := range map[string]i18n.Lang{"": l, i18n.T(l, "nav.later"): l, i18n.T(l.Other(), "lang.name"): l.Other()} {
		v.press(page, button)
		v.want(http.StatusConflict, "")
		if words := v.page.text(); !strings.Contains(words, i18n.T(in, "unsaved.closed")) || strings.Contains(words, "SECRET") || len(v.page.header.Values("Set-Cookie")) > 0 {
			v.t.Errorf("after %q the page says %s", button, words)
		}
		if got := v.form("").control("first_name").values[0]; got != "Mallory" {
			v.t.Errorf("after %q the page has the first name %q, want what was typed", button, got)
		}
	}
	p := v.htmx(http.MethodPost, strings.TrimSuffix(page.action, "?")+"/save", page.values(nil))
	if p.status != http.StatusConflict || !strings.Contains(p.text(), i18n.T(l, "saving.closed")) {
		v.t.Errorf("an autosave is answered %d %s", p.status, p.text())
	}
	if after := v.site.dump(v.t); after != before {
		v.t.Errorf("the stranger has left\n%s\nwant\n%s", after, before)
	}
	v.open("/" + string(l))
	if !strings.Contains(v.page.text(), i18n.T(l, "landing.closed")) {
		v.t.Errorf("the landing page does not say what has happened: %s", v.page.text())
	}
}
